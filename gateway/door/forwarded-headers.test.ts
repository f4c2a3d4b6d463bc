import { EventEmitter, once } from 'node:events'

import { afterEach, beforeEach, expect, it } from 'vitest'

import type { Gateway } from '../gateway.ts'
import { bareGateway } from '../testing/bare-gateway.ts'

const gate = new EventEmitter()
let gateway: Gateway
/** Whom subgraphs were asked for. */
let fetched: string[]
/** Requests that have arrived. */
let requests: number

beforeEach(async () => {
  fetched = []
  requests = 0
  gateway = await bareGateway({
    async execute({ forwarded = {} }) {
      const { 'x-user': user = 'nobody' } = forwarded
      fetched.push(user)
      await once(gate, 'open')
      return { data: { me: { id: user } } }
    },
    config: { foreign: true, forwardHeaders: ['x-user', 'accept-language'] },
  })
  gateway.server.addHook('onRequest', (_request, _reply, done) => {
    requests += 1
    done()
  })
})

afterEach(() => gateway.close(1_000))

async function me(headers: Record<string, string>): Promise<unknown> {
  const preflight = { 'apollo-require-preflight': '1' }
  const { body } = await gateway.server.inject({
    url: '/graphql',
    query: { query: '{ me { id } }' },
    headers: { ...preflight, ...headers },
  })
  return (JSON.parse(body) as { data: { me: { id: string } } }).data.me.id
}

it('what is asked for with headers that subgraphs are sent is answered to those alone who have sent the same', async () => {
  const clients: readonly Record<string, string>[] = [
    { 'x-user': 'ada' },
    { 'x-user': 'bob' },
    { 'x-user': 'ada', 'user-agent': 'another' },
    { 'accept-language': 'ada' },
    {},
  ]
  const asked = clients.map(me)
  // What has no body asks the engine before anything else happens.
  await expect.poll(() => requests, { timeout: 10_000 }).toBe(asked.length)
  gate.emit('open')
  expect(await Promise.all(asked)).toEqual(['ada', 'bob', 'ada', 'nobody', 'nobody'])
  expect(fetched.toSorted()).toEqual(['ada', 'bob', 'nobody', 'nobody'])
})
