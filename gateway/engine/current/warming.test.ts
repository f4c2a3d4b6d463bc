import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'

import type { Gateway } from '../../gateway.ts'
import { registeredOperations } from '../../registered-operations.ts'
import { bareGateway } from '../../testing/bare-gateway.ts'
import type { KnownOperation } from '../prepare/preparation.ts'

const clients = fileURLToPath(new URL('../../../clients', import.meta.url))

let gateway: Gateway
let lines: string[] = []
const log = pino({ base: null, level: 'info' }, { write: (line: string) => lines.push(line) })
afterEach(async () => {
  await gateway.close(1_000)
  lines = []
})

function opened(registered: () => Promise<readonly KnownOperation[]>): Promise<Gateway> {
  return bareGateway({ log, registered, started: () => Promise.resolve(true), config: { readyWhenWarm: true } })
}

async function probe(url: string) {
  const { statusCode, body } = await gateway.server.inject({ url })
  return [statusCode, (JSON.parse(body) as { status: string }).status]
}

const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>)

describe('registered operations', () => {
  it('are prepared before the gateway is ready, while it answers', async () => {
    let read: (operations: readonly KnownOperation[]) => void = () => undefined
    gateway = await opened(() => new Promise((resolve) => (read = resolve)))
    const warm = gateway.warm()
    expect(await Promise.all(['/healthz', '/startedz', '/readyz'].map(probe))).toEqual([
      [200, 'ok'],
      [503, 'not started'],
      [503, 'warming'],
    ])
    const answer = await gateway.server.inject({
      method: 'POST',
      url: '/graphql',
      payload: { query: '{ __typename }' },
    })
    expect(answer.statusCode).toBe(200)
    read(await registeredOperations(clients, log))
    await warm
    expect(await Promise.all(['/startedz', '/readyz'].map(probe))).toEqual([
      [200, 'started'],
      [200, 'ready'],
    ])
    const [line] = logged()
    expect(line).toMatchObject({ msg: 'registered operations are prepared', failed: 0 })
    expect(line?.prepared).toBeGreaterThan(30)
    expect(line?.milliseconds).toBeGreaterThan(0)
  })

  it('that this graph does not have are named in the log, and keep nobody from being served', async () => {
    gateway = await opened(() =>
      Promise.resolve([
        { text: 'query Old { fax { number } }', operationName: 'Old' },
        { text: 'query Mine { me { id } }', operationName: 'Mine' },
        { text: 'query {', operationName: undefined },
      ]),
    )
    await gateway.warm()
    expect(await probe('/readyz')).toEqual([200, 'ready'])
    expect(logged()).toMatchObject([
      { operationName: 'Old', reason: expect.stringContaining('"fax"') },
      { reason: expect.stringContaining('Syntax Error') },
      { prepared: 1, failed: 2 },
    ])
  })

  it('that cannot be read are logged, and keep nobody from being served', async () => {
    gateway = await opened(() => registeredOperations('/nowhere', log))
    await gateway.warm()
    expect(await probe('/readyz')).toEqual([200, 'ready'])
    expect(logged()[0]).toMatchObject({ msg: 'registered operations cannot be read' })
  })

  it('are those of the files, each with the fragments that it uses and no others', async () => {
    gateway = await opened(() => Promise.resolve([]))
    const all = await registeredOperations(clients, log)
    const browse = all.find(({ operationName }) => operationName === 'WebBrowse')
    const used = [...(browse?.text ?? '').matchAll(/\.\.\.(\w+)/g)].map(([, name]) => name)
    const defined = [...(browse?.text ?? '').matchAll(/^fragment (\w+)/gm)].map(([, name]) => name)
    expect(new Set(defined)).toEqual(new Set(used))
    expect(readFileSync(`${clients}/web/storefront.graphql`, 'utf8').match(/^fragment/gm)?.length).toBeGreaterThan(
      defined.length,
    )
  })
})
