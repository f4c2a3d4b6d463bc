import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

import { visitor } from '../../platform/identity/viewer.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { createGateway, type Gateway } from '../gateway.ts'

const repository = new URL('../../', import.meta.url)
const supergraph = z.object({ subgraphs: z.record(z.string(), z.unknown()) })

let gateway: Gateway
let fetches = 0

beforeAll(async () => {
  const { subgraphs } = supergraph.parse(parse(readFileSync(new URL('supergraph.yaml', repository), 'utf8')))
  const link = {
    ready: () => Promise.resolve(true),
    execute() {
      fetches += 1
      return Promise.resolve({ data: { signOut: true } })
    },
  }
  gateway = await createGateway({
    supergraphSdl: readFileSync(new URL('supergraph.graphql', repository), 'utf8'),
    subgraphs: new Map(Object.keys(subgraphs).map((name) => [name, link])),
    identify: () => Promise.resolve(visitor),
    passports: () => Promise.resolve('passport'),
    jwks: () => Promise.resolve({ keys: [] }),
    log: createLogger('silent'),
    config: {
      production: false,
      graphiqlFolder: import.meta.dirname,
      fetchDeadline: 1_000,
      hosts: { bind: 'localhost', allowed: undefined },
      corsOrigins: [],
    },
  })
})

beforeEach(() => {
  fetches = 0
})
afterAll(() => gateway.close(1_000))

function post(payload: unknown, headers: Record<string, string>) {
  return gateway.server.inject({ method: 'POST', url: '/graphql', headers, payload: JSON.stringify(payload) })
}

const json = { 'content-type': 'application/json' }
const signOut = { query: 'mutation { signOut(refreshToken: "t") }' }

describe('a request to the graph', () => {
  it.each(['application/json', '*/*', 'text/html, application/*;q=0.5', 'application/graphql-response+json', ''])(
    'is carried out for who accepts %j',
    async (accept) => {
      const answer = await post(signOut, { ...json, accept })
      expect([answer.statusCode, answer.json(), fetches]).toEqual([200, { data: { signOut: true } }, 1])
    },
  )

  it.each(['text/html', 'image/*', 'text/plain;q=0.9, text/html'])(
    'does nothing for who accepts only %j',
    async (accept) => {
      const answer = await post(signOut, { ...json, accept })
      expect([answer.statusCode, fetches]).toEqual([406, 0])
    },
  )

  it('that is refused is told so in the type that it accepts', async () => {
    const plain = await post({}, json)
    expect(plain.headers['content-type']).toBe('application/json; charset=utf-8')
    const asked = await post({}, { ...json, accept: 'application/graphql-response+json' })
    expect(asked.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8')
    expect([asked.statusCode, asked.json()]).toEqual([400, plain.json()])
  })

  it('for a host that is none is the fault of who asks', async () => {
    const answer = await post(signOut, { ...json, host: 'a b' })
    expect([answer.statusCode, fetches]).toEqual([400, 0])
    expect(answer.json()).toMatchObject({ errors: [{ message: 'The `host` header is not valid.' }] })
  })
})
