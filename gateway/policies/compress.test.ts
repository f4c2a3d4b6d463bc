import { brotliDecompressSync, gunzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Gateway } from '../gateway.ts'
import { bareGateway } from '../testing/bare-gateway.ts'

/** As repetitive as answers are. */
const categories = Array.from({ length: 400 }, (_, index) => ({
  slug: `bags-and-travel-${index}`,
  name: `Bags & Travel ${index * 7_919}`,
}))

let gateway: Gateway
let result: { data: Record<string, unknown> }
beforeAll(async () => {
  gateway = await bareGateway({ execute: () => result })
})
afterAll(() => gateway.close(1_000))

async function ask(acceptEncoding: string | undefined, count = categories.length) {
  result = { data: { categories: categories.slice(0, count) } }
  const answer = await gateway.server.inject({
    method: 'POST',
    url: '/graphql',
    headers: {
      'content-type': 'application/json',
      ...(acceptEncoding !== undefined && { 'accept-encoding': acceptEncoding }),
    },
    payload: { query: '{ categories { slug name } }' },
  })
  return { ...answer, encoding: answer.headers['content-encoding'] }
}

const whole = JSON.stringify({ data: { categories } })

describe('an answer', () => {
  it.each([
    ['br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['br;q=0.1, gzip', 'gzip', gunzipSync],
    ['*', 'gzip', gunzipSync],
  ] as const)('is compressed for who accepts %s', async (accepted, encoding, decode) => {
    const answer = await ask(accepted)
    expect(answer.encoding).toBe(encoding)
    expect(decode(answer.rawPayload).toString()).toBe(whole)
    expect(answer.rawPayload.length).toBeLessThan(whole.length / 4)
    expect(Number(answer.headers['content-length'])).toBe(answer.rawPayload.length)
  })

  it.each([undefined, '', 'identity', 'br;q=0, gzip;q=0', 'zstd', 'nonsense'])(
    'is sent as it is to who accepts %j',
    async (accepted) => {
      const { encoding, body } = await ask(accepted)
      expect([encoding, body]).toEqual([undefined, whole])
    },
  )

  it('of one packet is not compressed', async () => {
    const { encoding, body } = await ask('br', 3)
    expect([encoding, body.length < 1_400]).toEqual([undefined, true])
  })

  it('states for caches that it depends on what is accepted, compressed or not', async () => {
    for (const accepted of [undefined, 'br']) {
      expect((await ask(accepted)).headers.vary).toMatch(/accept-encoding/i)
    }
  })
})

describe('a HEAD', () => {
  it.each([undefined, 'br'])('states no length, which depends on what is accepted: %j', async (accepted) => {
    const { statusCode, headers, body } = await gateway.server.inject({
      method: 'HEAD',
      url: '/images/garden/flower-pot-daisy.svg',
      headers: { ...(accepted !== undefined && { 'accept-encoding': accepted }) },
    })
    expect([statusCode, headers['content-length'], body]).toEqual([200, undefined, ''])
    expect(headers.vary).toMatch(/accept-encoding/i)
  })
})

describe('a picture', () => {
  const url = '/images/garden/flower-pot-daisy.svg'
  const get = (headers: Record<string, string> = {}) => gateway.server.inject({ method: 'GET', url, headers })

  it('is compressed, and has one tag in all encodings', async () => {
    const [plain, packed] = [await get(), await get({ 'accept-encoding': 'br' })]
    expect(plain.rawPayload.length).toBeGreaterThan(1_400)
    expect(packed.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(packed.rawPayload).toString()).toBe(plain.body)
    expect(packed.headers.etag).toBe(plain.headers.etag)
    expect(plain.headers.etag).toMatch(/^W\/"[\w-]+"$/)
  })

  it('is known by its tag, strong or weak, alone or among others', async () => {
    const etag = String((await get()).headers.etag)
    for (const tag of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const answer = await get({ 'if-none-match': tag, 'accept-encoding': 'br' })
      expect([answer.statusCode, answer.body, answer.headers.etag]).toEqual([304, '', etag])
      expect(answer.headers['cache-control']).toMatch(/public/)
    }
    expect((await get({ 'if-none-match': '"other"' })).statusCode).toBe(200)
  })
})
