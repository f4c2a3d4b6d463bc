import { createHash } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { Subgraphs } from '../testing/gateway-under-test.ts'
import { gatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.ts'
import { announcedChanges, type AnnouncedChanges } from '../testing/announced-changes.ts'

const query = '{ product(slug: "a") { id name description } }'
const viewers = '{ me { id } }'
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

let changes: AnnouncedChanges
let gateway: GatewayUnderTest
let answer: Subgraphs
let description: string
/** Requests that have arrived. */
let requests: number

beforeAll(async () => {
  changes = announcedChanges()
  const identify = () => Promise.resolve({ kind: 'guest', id: 'g1' } as const)
  gateway = await gatewayUnderTest(
    (request, subgraph) => answer(request, subgraph),
    { forwardHeaders: ['accept-language'] },
    { changes, identify },
  )
  gateway.server.addHook('onRequest', (_request, _reply, done) => {
    requests += 1
    done()
  })
})

beforeEach(() => {
  requests = 0
  gateway.forget()
  description = 'words and words '.repeat(200)
  answer = () => ({
    data: { product: { __typename: 'Product', id: 'p1', slug: 'a', name: 'A', description }, me: null },
  })
  changes.lose()
  changes.follow()
})

afterAll(() => gateway.close())

interface Asked {
  readonly text?: string
  readonly method?: 'GET' | 'HEAD'
  /** Without it, only the hash is sent. */
  readonly withText?: boolean
}

function get(headers: Record<string, string> = {}, { text = query, method = 'GET', withText = true }: Asked = {}) {
  const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hashOf(text) } })
  return gateway.server.inject({
    method,
    url: '/graphql',
    query: { extensions, ...(withText && { query: text }) },
    headers: { 'apollo-require-preflight': '1', ...headers },
  })
}

describe('an answer that everybody may have, asked for by GET and a hash', () => {
  it('may be kept as long as the graph says, and by whom it is for', async () => {
    const { statusCode, headers, body } = await get()
    const first = await get({}, { withText: false })
    expect([statusCode, JSON.parse(body).data.product.id, first.body]).toEqual([200, 'p1', body])
    expect(headers['cache-control']).toMatch(/^public, max-age=(60|59)$/)
    expect(headers.etag).toBe(`"${createHash('sha256').update(body).digest('base64url')}"`)
    expect(String(headers.vary).toLowerCase().split(', ')).toEqual([
      'origin',
      'accept-encoding',
      'accept',
      'authorization',
      'accept-language',
    ])
    expect(Object.keys(headers).filter((name) => name.startsWith('ratelimit'))).toEqual([])
  })

  it('is not sent again to who has it, until it changes', async () => {
    const { headers, body } = await get()
    const mine = { 'if-none-match': `"other", W/${String(headers.etag)}` }
    const again = await get(mine)
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', headers.etag])
    expect(again.headers['cache-control']).toMatch(/^public, max-age=/)
    expect([again.headers['content-type'], again.headers['content-encoding']]).toEqual([undefined, undefined])
    description = 'other words'
    changes.announce({ message: 'products.ProductState', key: 'p1' })
    const changed = await get(mine)
    expect(changed.statusCode).toBe(200)
    expect(changed.body).not.toBe(body)
  })

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('compressed by %s has a tag of its own, the first time and again', async (encoding, decode) => {
    const { body, headers: plain } = await get()
    const [first, again] = [await get({ 'accept-encoding': encoding }), await get({ 'accept-encoding': encoding })]
    for (const { rawPayload, headers } of [first, again]) {
      expect(headers['content-encoding']).toBe(encoding)
      expect(Number(headers['content-length'])).toBe(rawPayload.length)
      expect(decode(rawPayload).toString()).toBe(body)
      expect(headers.etag).toBe(`${String(plain.etag).slice(0, -1)}-${encoding}"`)
    }
    const kept = await get({ 'accept-encoding': encoding, 'if-none-match': String(first.headers.etag) })
    expect([kept.statusCode, kept.rawPayload.length]).toEqual([304, 0])
    expect((await get({ 'accept-encoding': encoding, 'if-none-match': String(plain.etag) })).statusCode).toBe(200)
    expect((await get({ 'accept-encoding': encoding, 'x-no-compression': '1' })).body).toBe(body)
  })

  it('is sent again in full where it is as large as a stream', async () => {
    description = Array.from({ length: 30_000 }, (_, index) => index * 7_919).join(' ')
    const { headers, rawPayload } = await get({ 'accept-encoding': 'gzip' })
    expect(JSON.parse(gunzipSync(rawPayload).toString()).data.product.description).toBe(description)
    const kept = await get({ 'accept-encoding': 'gzip', 'if-none-match': String(headers.etag) })
    expect([kept.statusCode, kept.rawPayload.length]).toEqual([304, 0])
  })

  it('says by HEAD how long, and nothing else', async () => {
    const { statusCode, headers, body } = await get({}, { method: 'HEAD' })
    expect([statusCode, body]).toEqual([200, ''])
    expect(headers['cache-control']).toMatch(/^public, max-age=/)
  })
})

describe('any other answer is kept by nobody', () => {
  it.each([
    ['to who is known', () => get({ authorization: 'Bearer a-token' })],
    ['about a viewer', () => get({}, { text: viewers })],
    ['that a hash is not known', () => get({}, { text: '{ categories { slug } }', withText: false })],
    [
      'without a hash',
      () => gateway.server.inject({ url: '/graphql', query: { query }, headers: { 'apollo-require-preflight': '1' } }),
    ],
    ['by POST', () => gateway.server.inject({ method: 'POST', url: '/graphql', payload: { query } })],
    [
      'with an error',
      () => {
        answer = () => ({ errors: [] })
        return get()
      },
    ],
  ])('%s', async (_what, ask) => {
    const { headers } = await ask()
    expect([headers['cache-control'], headers.etag]).toEqual(['no-store', undefined])
  })
  it('that was carried out once for two who asked at the same time', async () => {
    const gate = new EventEmitter()
    const opened = once(gate, 'open')
    const works = answer
    answer = async (...asked) => {
      await opened
      return works(...asked)
    }
    const both = [get({}, { text: viewers }), get({}, { text: viewers })]
    // What has no body asks the engine before anything else happens.
    await expect.poll(() => requests, { timeout: 10_000 }).toBe(2)
    gate.emit('open')
    const answers = await Promise.all(both)
    expect(gateway.fetched).toHaveLength(1)
    for (const { headers } of answers) {
      expect([headers['cache-control'], headers.etag]).toEqual(['no-store', undefined])
      expect(headers['ratelimit-remaining']).toBeDefined()
    }
  })
})
