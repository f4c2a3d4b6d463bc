import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { gatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.ts'

let gateway: GatewayUnderTest

beforeAll(async () => {
  gateway = await gatewayUnderTest(() => ({ data: { signOut: true } }))
})

beforeEach(() => gateway.forget())
afterAll(() => gateway.close())

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
      expect([answer.statusCode, answer.json(), gateway.fetched.length]).toEqual([200, { data: { signOut: true } }, 1])
    },
  )

  it.each(['text/html', 'image/*', 'text/plain;q=0.9, text/html'])(
    'does nothing for who accepts only %j',
    async (accept) => {
      const answer = await post(signOut, { ...json, accept })
      expect([answer.statusCode, gateway.fetched.length]).toEqual([406, 0])
    },
  )

  it('that is refused is answered in the type that it accepts', async () => {
    const plain = await post({}, json)
    expect(plain.headers['content-type']).toBe('application/json; charset=utf-8')
    const asked = await post({}, { ...json, accept: 'application/graphql-response+json' })
    expect(asked.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8')
    expect([asked.statusCode, asked.json()]).toEqual([400, plain.json()])
  })

  it('for a host that is none is the fault of who asks', async () => {
    const answer = await post(signOut, { ...json, host: 'a b' })
    expect([answer.statusCode, gateway.fetched.length]).toEqual([400, 0])
    expect(answer.json()).toMatchObject({ errors: [{ message: 'The `host` header is not valid.' }] })
  })
})
