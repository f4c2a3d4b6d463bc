import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startGateway } from '../../gateway/process/start.ts'
import { ConfigError } from '../../platform/config.ts'
import { ask, launchGateway, type GatewayProcess } from './gateway-process.ts'
import {
  catalogueSdl,
  catalogueSubgraph,
  composed,
  reviewsSdl,
  reviewsSubgraph,
  type SmallSubgraph,
} from './small-graph.ts'

let folder: string
let catalogue: SmallSubgraph
let reviews: SmallSubgraph
let gateway: GatewayProcess
let forwarding: GatewayProcess

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-foreign-'))
  ;[catalogue, reviews] = await Promise.all([catalogueSubgraph(), reviewsSubgraph('Ada')])
  const file = await written(supergraph())
  gateway = launchGateway(['--supergraph', file])
  forwarding = launchGateway([`--supergraph=${file}`], { FORWARD_HEADERS: 'Authorization, accept-language' })
  await Promise.all([gateway.url, forwarding.url])
})

afterAll(async () => {
  for (const each of [gateway, forwarding]) each.signal('SIGTERM')
  expect(await Promise.all([gateway.ended, forwarding.ended])).toEqual([0, 0])
  await Promise.all([catalogue.close(), reviews.close()])
  await rm(folder, { recursive: true })
})

function supergraph(): string {
  return composed([
    { name: 'catalogue', url: catalogue.url, sdl: catalogueSdl },
    { name: 'reviews-of-books', url: reviews.url, sdl: reviewsSdl },
  ])
}

async function written(text: string, name = 'supergraph.graphql'): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

const entities = '{ books { title reviews { text by } } critic }'

describe('a supergraph of somebody else', () => {
  it('is served by the addresses in it, entities included', async () => {
    expect(await ask(await gateway.url, entities)).toEqual({
      status: 200,
      json: {
        data: {
          books: [
            { title: 'Middlemarch', reviews: [{ text: 'About 1', by: 'Ada' }] },
            { title: 'Emma', reviews: [{ text: 'About 2', by: 'Ada' }] },
          ],
          critic: 'Ada',
        },
      },
    })
  })

  it('is changed by mutations, and its scalars are written as its subgraphs write them', async () => {
    const renamed = await ask(
      await gateway.url,
      'mutation { rename(id: "1", title: "Silas Marner") { title reviews { by } } }',
    )
    expect(renamed.json).toEqual({ data: { rename: { title: 'Silas Marner', reviews: [{ by: 'Ada' }] } } })
    expect((await ask(await gateway.url, '{ since(day: "yesterday") }')).json).toEqual({ data: { since: 'yesterday' } })
  })

  it('is served to whoever brings a token, which is not looked at and goes no further', async () => {
    const authorization = 'Bearer of somebody else'
    const { status } = await ask(await gateway.url, entities, { authorization, 'accept-language': 'de', cookie: 'a=b' })
    expect(status).toBe(200)
    for (const { headers } of [...catalogue.arrived, ...reviews.arrived]) {
      expect(
        Object.keys(headers).filter((name) =>
          /^(authorization|accept-language|cookie|souk-passport|souk-client)/.test(name),
        ),
      ).toEqual([])
    }
  })

  it('is told of the headers that are configured, and of no others', async () => {
    const given = { authorization: 'Bearer of somebody else', 'accept-language': 'de', cookie: 'a=b' }
    await ask(await forwarding.url, entities, given)
    for (const { headers } of [catalogue.arrived.at(-1), reviews.arrived.at(-1)].flatMap((one) => one ?? [])) {
      expect(headers).toMatchObject({ authorization: given.authorization, 'accept-language': 'de' })
      expect(headers.cookie).toBeUndefined()
    }
  })

  it('is ready when its subgraphs answer, and has all that a door has', async () => {
    const url = await gateway.url
    const ready = await fetch(`${url}/readyz`)
    expect([ready.status, await ready.json()]).toMatchObject([
      200,
      { status: 'ready', subgraphs: { catalogue: 'ready', 'reviews-of-books': 'ready' } },
    ])
    const statuses = ['/healthz', '/startedz', '/.well-known/jwks.json', '/images/a/b.svg'].map(
      async (path) => (await fetch(url + path)).status,
    )
    expect(await Promise.all(statuses)).toEqual([200, 200, 404, 404])
    const costly = await ask(url, '{ books(first: 1000000) { reviews { text } } }')
    expect(costly.json).toMatchObject({ errors: [{ extensions: { code: 'DOCUMENT_TOO_COSTLY' } }] })
  })

  it('loses no more than what a subgraph owns that is down', async () => {
    const file = await written(
      composed([
        { name: 'catalogue', url: catalogue.url, sdl: catalogueSdl },
        {
          name: 'reviews',
          url: 'http://127.0.0.1:1/graphql',
          sdl: reviewsSdl.replace('critic: String!', 'critic: String'),
        },
      ]),
      'half.graphql',
    )
    const half = launchGateway(['--supergraph', file])
    try {
      const url = await half.url
      expect((await fetch(`${url}/readyz`)).status).toBe(200)
      expect((await ask(url, '{ books { title } critic }')).json).toMatchObject({
        data: { books: [{ title: 'Middlemarch' }, { title: 'Emma' }], critic: null },
        errors: [{ path: ['critic'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
      })
    } finally {
      half.signal('SIGTERM')
      await half.ended
    }
  })
})

describe('a start that cannot be', () => {
  const guarded = catalogueSdl
    .replace('"@shareable"', '"@authenticated"')
    .replace('title: String! }', 'title: String! @authenticated }')
  const alone = (url: string) => composed([{ name: 'catalogue', url, sdl: catalogueSdl }])

  it('ends the process with one line that says why', async () => {
    const failing = launchGateway(['--supergraph', '/nowhere.graphql'])
    expect(await failing.ended).toBe(1)
    expect(failing.logged.map(({ level, msg }) => [level, msg])).toEqual([
      ['fatal', 'cannot start: --supergraph is "/nowhere.graphql": expected a file that can be read'],
    ])
  })

  it.each([
    [
      'a file of something else',
      () => 'package.json',
      /expected a supergraph composed by federation 2; Syntax Error: /,
    ],
    ['a schema that is composed of nothing', () => 'clients/api.graphql', /federation 2; this one names no subgraph$/],
    [
      'a supergraph that does not say where',
      () => written(alone(''), 'nowhere.graphql'),
      /; this one does not say where catalogue answers, nor does SUBGRAPH_URL_CATALOGUE$/,
    ],
    [
      'a supergraph whose rules of access nobody here would enforce',
      () => written(composed([{ name: 'catalogue', url: catalogue.url, sdl: guarded }]), 'guarded.graphql'),
      /: feature https:\/\/specs.apollo.dev\/authenticated\/v0.1 is for: SECURITY but is unsupported$/,
    ],
    [
      'a supergraph with a part that is missing',
      () => written(supergraph().replace(/^type Book[^}]*}/ms, ''), 'torn.graphql'),
      /expected a supergraph composed by federation 2; .*Book/,
    ],
  ])('names what is wrong: %s', async (_what, file, message) => {
    const started = startGateway({ LOG_LEVEL: 'silent', PORT: '0' }, ['--supergraph', await file()])
    await expect(started).rejects.toBeInstanceOf(ConfigError)
    await expect(started).rejects.toThrow(message)
  })

  it.each<[string, { own?: Record<string, string>; args?: string[]; message: RegExp }]>([
    [
      'an option that there is none of',
      { args: ['--graph', 'a'], message: /Unknown option '--graph'.*Expected no arguments, or --supergraph FILE$/ },
    ],
    [
      'a file without its option',
      { args: ['supergraph.graphql'], message: /Unexpected argument 'supergraph.graphql'/ },
    ],
    [
      'a header of the connection',
      { own: { FORWARD_HEADERS: 'Host' }, message: /FORWARD_HEADERS is "Host": expected names of headers/ },
    ],
    [
      'a folder that is not there',
      {
        own: { SOUK_OPERATIONS: '/nowhere' },
        args: ['--supergraph', 'supergraph.graphql'],
        message: /SOUK_OPERATIONS is "\/nowhere"/,
      },
    ],
  ])('names what is wrong: %s', async (_what, { own = {}, args = [], message }) => {
    const started = startGateway({ LOG_LEVEL: 'silent', PORT: '0', ...own }, args)
    await expect(started).rejects.toBeInstanceOf(ConfigError)
    await expect(started).rejects.toThrow(message)
  })
})
