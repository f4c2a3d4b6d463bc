import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Gateway } from '../gateway.ts'
import { bareGateway, goodToken } from '../testing/bare-gateway.ts'

let gateway: Gateway
beforeAll(async () => {
  gateway = await bareGateway()
})
afterAll(() => gateway.close(1_000))

const json = { 'content-type': 'application/json' }
const query = { query: '{ __typename }' }

interface Case {
  readonly what: string
  readonly method?: 'GET' | 'POST' | 'DELETE' | 'OPTIONS' | 'HEAD'
  readonly url: string
  readonly headers?: Record<string, string>
  readonly payload?: object | string
  readonly status: number
}

const answers: readonly Case[] = [
  { what: 'an answer', method: 'POST', url: '/graphql', headers: json, payload: query, status: 200 },
  { what: 'JSON that breaks off', method: 'POST', url: '/graphql', headers: json, payload: '{', status: 400 },
  {
    what: 'a bad token',
    method: 'POST',
    url: '/graphql',
    headers: { ...json, authorization: 'Bearer bad' },
    payload: query,
    status: 401,
  },
  { what: 'a foreign host', url: '/graphql', headers: { host: 'evil.example' }, status: 403 },
  { what: 'nothing there', url: '/nothing', status: 404 },
  { what: 'a method that is none', method: 'DELETE', url: '/graphql', status: 405 },
  {
    what: 'an encoding that is none',
    method: 'POST',
    url: '/graphql',
    headers: { 'content-encoding': 'x' },
    status: 415,
  },
  { what: 'an address that is none', url: '/%zz', status: 400 },
  { what: 'OPTIONS', method: 'OPTIONS', url: '/graphql', status: 204 },
  { what: 'a redirect', url: '/', status: 302 },
  { what: 'a probe', url: '/readyz', status: 200 },
  { what: 'a picture', url: '/images/bags/big.svg', status: 200 },
  { what: 'a HEAD', method: 'HEAD', url: '/images/bags/big.svg', status: 200 },
  { what: 'keys', url: '/.well-known/jwks.json', status: 200 },
  { what: 'a page that is not built', url: '/graphiql/', status: 503 },
]

describe('every answer', () => {
  it.each(answers)(
    'keeps browsers from guessing, framing, running and telling: $what',
    async ({ status, ...request }) => {
      const { statusCode, headers } = await gateway.server.inject({ method: 'GET', ...request })
      expect(statusCode).toBe(status)
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy': expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'/),
        'cross-origin-resource-policy': expect.stringMatching(/^(same|cross)-origin$/),
        'cache-control': expect.stringMatching(/^no-store$|^public, max-age=\d+$/),
      })
    },
  )

  it('is kept by nobody, unless it is the same for everybody', async () => {
    const kept = []
    for (const { status, ...request } of answers) {
      const { headers } = await gateway.server.inject({ method: 'GET', ...request })
      if (headers['cache-control'] !== 'no-store') kept.push(request.url)
      expect(status).toBeGreaterThan(0)
    }
    expect(new Set(kept)).toEqual(new Set(['/images/bags/big.svg', '/.well-known/jwks.json']))
  })

  it.each([
    {
      authorization: 'Bearer bad',
      challenge: /^Bearer realm="souk", error="invalid_token", error_description="[^"]+"$/,
    },
    { authorization: 'bearer', challenge: /^Bearer realm="souk"$/ },
    { authorization: 'Basic c2FtOnNlY3JldA==', challenge: /^Bearer realm="souk"$/ },
  ])('that is 401 names how to authenticate: $authorization', async ({ authorization, challenge }) => {
    const headers = { ...json, authorization }
    const answer = await gateway.server.inject({ method: 'POST', url: '/graphql', headers, payload: query })
    expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([401, expect.stringMatching(challenge)])
  })

  it('that is none of it challenges nobody', async () => {
    const headers = { ...json, authorization: `Bearer ${goodToken}` }
    const answer = await gateway.server.inject({ method: 'POST', url: '/graphql', headers, payload: query })
    expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([200, undefined])
  })
})
