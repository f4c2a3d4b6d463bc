import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ask, launchGateway, type GatewayProcess } from './gateway-process.ts'
import {
  catalogueSdl,
  catalogueSubgraph,
  composed,
  ratedReviewsSdl,
  reviewsSdl,
  reviewsSubgraph,
  type SmallSubgraph,
} from './small-graph.ts'

let folder: string
let catalogue: SmallSubgraph
let ada: SmallSubgraph
let bea: SmallSubgraph
let gateway: GatewayProcess
let version = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-swap-'))
  ;[catalogue, ada, bea] = await Promise.all([catalogueSubgraph(), reviewsSubgraph('Ada'), reviewsSubgraph('Bea')])
  // As Kubernetes lays a ConfigMap out.
  await update(graphWith(ada))
  await symlink(join('..data', 'supergraph.graphql'), join(folder, 'supergraph.graphql'))
  await mkdir(join(folder, 'operations'))
  await writeFile(
    join(folder, 'operations', 'all.graphql'),
    'query Titles { books { title } } query Ratings { books { rating } }',
  )
  gateway = launchGateway(['--supergraph', join(folder, 'supergraph.graphql')], {
    SOUK_OPERATIONS: join(folder, 'operations'),
  })
  await gateway.url
})

afterAll(async () => {
  gateway.signal('SIGTERM')
  expect(await gateway.ended).toBe(0)
  await Promise.all([catalogue.close(), ada.close(), bea.close()])
  await rm(folder, { recursive: true })
})

function graphWith(critic: SmallSubgraph, sdl = reviewsSdl): string {
  return composed([
    { name: 'catalogue', url: catalogue.url, sdl: catalogueSdl },
    { name: 'reviews', url: critic.url, sdl },
  ])
}

/** As the kubelet does it. */
async function update(text: string): Promise<void> {
  version += 1
  await mkdir(join(folder, `..${version}`))
  await writeFile(join(folder, `..${version}`, 'supergraph.graphql'), text)
  await symlink(`..${version}`, join(folder, '..data_tmp'))
  await rename(join(folder, '..data_tmp'), join(folder, '..data'))
  await rm(join(folder, `..${version - 1}`), { recursive: true, force: true })
}

/** Resolves when the gateway has logged such a line once more. */
async function logs(message: RegExp, change: () => unknown): Promise<string> {
  const told = () => gateway.logged.filter(({ msg }) => message.test(String(msg)))
  const before = told().length
  await change()
  await expect.poll(() => told().length, { timeout: 20_000 }).toBeGreaterThan(before)
  return String(told().at(-1)?.msg)
}

const isServed = /^another supergraph is served/
const isRefused = /^the supergraph is not taken/

async function critic(): Promise<unknown> {
  const { json } = await ask(await gateway.url, '{ critic books { reviews { by } } }')
  return json.data
}
const allBy = (name: string) => ({ critic: name, books: [{ reviews: [{ by: name }] }, { reviews: [{ by: name }] }] })

describe('a supergraph that changes while it is served', () => {
  it('is served, with an address that has changed and a field that has come', async () => {
    expect(await critic()).toEqual(allBy('Ada'))
    await logs(isServed, () => update(graphWith(bea, ratedReviewsSdl)))
    expect(await critic()).toEqual(allBy('Bea'))
    expect((await ask(await gateway.url, '{ books { rating } }')).json).toEqual({
      data: { books: [{ rating: 1 }, { rating: 2 }] },
    })
  })

  it('is told of: by its id at /readyz, and in the log with what was prepared for it', async () => {
    const id = async () =>
      ((await (await fetch(`${await gateway.url}/readyz`)).json()) as { supergraph: string }).supergraph
    const before = await id()
    await logs(isServed, () => update(graphWith(ada)))
    expect(await id()).not.toBe(before)
    const of = (msg: string, operationName?: string) =>
      gateway.logged.findLast((line) => line.msg === msg && line.operationName === operationName)
    expect(of('registered operations are prepared')).toMatchObject({ prepared: 1, failed: 1, supergraph: await id() })
    expect(of('what was asked last is prepared')).toMatchObject({ supergraph: await id() })
    expect(of('a registered operation cannot be prepared', 'Ratings')?.reason).toContain('"rating"')
  })

  it('loses a field, and who asks for it is told so', async () => {
    expect((await ask(await gateway.url, '{ books { rating } }')).status).toBe(400)
  })

  it.each([
    ['is torn', () => graphWith(bea).slice(0, 1_500), /; Syntax Error: /],
    ['is composed of nothing', () => 'type Query { a: Int }', /; this one names no subgraph$/],
    ['does not build', () => graphWith(bea).replace(/^type Review[^}]*}/ms, ''), /; .*Review/],
    [
      'does not say where a subgraph answers',
      () => graphWith(bea).replace(bea.url, ''),
      /does not say where reviews answers/,
    ],
  ])('that %s is refused with its reason, and the former one goes on', async (_what, text, reason) => {
    expect(await logs(isRefused, () => update(text()))).toMatch(reason)
    expect(await critic()).toEqual(allBy('Ada'))
    expect((await fetch(`${await gateway.url}/readyz`)).status).toBe(200)
  })

  it('that is missing for a while is served when it is back', async () => {
    await logs(isRefused, () => rm(join(folder, '..data')))
    expect(await critic()).toEqual(allBy('Ada'))
    await logs(isServed, () => update(graphWith(bea)))
    expect(await critic()).toEqual(allBy('Bea'))
  })

  it('is read again at SIGHUP, which ends nothing', async () => {
    await logs(/^SIGHUP/, () => gateway.signal('SIGHUP'))
    expect(await critic()).toEqual(allBy('Bea'))
  })
})
