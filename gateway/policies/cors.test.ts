import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Gateway } from '../gateway.ts'
import { bareGateway, goodToken } from '../testing/bare-gateway.ts'

const shop = 'https://shop.example.org'

let gateway: Gateway
beforeAll(async () => {
  gateway = await bareGateway({ config: { corsOrigins: [shop, 'http://localhost:3000'] } })
})
afterAll(() => gateway.close(1_000))

function ask(headers: Record<string, string>) {
  return gateway.server.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', ...headers },
    payload: { query: '{ __typename }' },
  })
}

function preflight(headers: Record<string, string>, url = '/graphql') {
  return gateway.server.inject({ method: 'OPTIONS', url, headers })
}

function corsHeaders(headers: Record<string, unknown>): string[] {
  return Object.keys(headers).filter((name) => name.startsWith('access-control-'))
}

const wanted = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization, content-type',
}

describe('a page of a listed origin', () => {
  it.each([shop, 'http://localhost:3000'])('may ask: %s', async (origin) => {
    const { statusCode, headers, body } = await preflight({ origin, ...wanted })
    expect([statusCode, body]).toEqual([204, ''])
    expect(headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, HEAD, POST',
      'access-control-max-age': '7200',
      vary: expect.stringMatching(/\borigin\b/i),
    })
    const allowed = String(headers['access-control-allow-headers']).split(', ')
    expect(allowed).toEqual(
      expect.arrayContaining([
        'authorization',
        'content-type',
        'apollo-require-preflight',
        'x-apollo-operation-name',
        'traceparent',
      ]),
    )
    expect(headers['access-control-allow-credentials']).toBeUndefined()
  })

  it('may read answers and refusals, and the headers that tell it what to do', async () => {
    for (const authorization of [`Bearer ${goodToken}`, 'Bearer bad']) {
      const { headers } = await ask({ origin: shop, authorization })
      expect(headers['access-control-allow-origin']).toBe(shop)
      const exposed = String(headers['access-control-expose-headers']).split(', ')
      expect(exposed).toEqual(expect.arrayContaining(['x-trace-id', 'retry-after', 'ratelimit-reset']))
    }
  })
})

describe('a page of another origin', () => {
  it.each([
    'https://evil.example',
    'null',
    'http://shop.example.org',
    'https://shop.example.org:8443',
    'https://shop.example.org.evil.example',
    'https://SHOP.example.org',
    'http://localhost:3000/',
    '',
  ])('reads nothing, and learns nothing of who may: %s', async (origin) => {
    const [before, after] = [await preflight({ origin, ...wanted }), await ask({ origin })]
    expect([before.statusCode, corsHeaders(before.headers)]).toEqual([204, []])
    expect([after.statusCode, corsHeaders(after.headers)]).toEqual([200, []])
    expect(after.headers.vary).toMatch(/\borigin\b/i)
  })
})

describe('OPTIONS that is not for CORS', () => {
  it('is answered with the methods there are', async () => {
    const { statusCode, headers, body } = await preflight({})
    expect([statusCode, headers.allow, body]).toEqual([204, 'GET, HEAD, POST, OPTIONS', ''])
    expect(corsHeaders(headers)).toEqual([])
  })

  it('is nothing where there is nothing', async () => {
    const answer = await preflight({}, '/nothing')
    expect([answer.statusCode, answer.json().errors[0].extensions.code]).toEqual([404, 'NOT_FOUND'])
  })
})
