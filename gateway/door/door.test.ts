import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Gateway } from '../gateway.ts'
import { bareGateway, type Subgraphs } from '../testing/bare-gateway.ts'

let gateway: Gateway
let answer: Subgraphs
let client: Socket
let received: string
let onReceived: () => void

beforeEach(async () => {
  answer = () => ({ data: { categories: [{ slug: 'bags' }] } })
  // What is called off is so by its client, and not by time.
  gateway = await bareGateway({ execute: (...asked) => answer(...asked), config: { fetchDeadline: 60_000 } })
  const { port } = await gateway.listen({ host: '127.0.0.1', port: 0 })
  received = ''
  onReceived = () => undefined
  client = connect({ host: '127.0.0.1', port })
  client.on('error', () => undefined)
  client.on('data', (bytes: Buffer) => {
    received += bytes.toString()
    onReceived()
  })
  await once(client, 'connect')
})
afterEach(async () => {
  client.destroy()
  await gateway.close(1_000)
})

/** A request by POST, as it is sent. */
function post(body: string, { length = Buffer.byteLength(body), headers = '' } = {}): string {
  return `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${headers}content-length: ${length}\r\n\r\n${body}`
}

/** Resolves with the heads of all answers, as soon as there are so many. */
async function answers(count: number): Promise<string[]> {
  const heads = () => received.match(/HTTP\/1\.1 \d{3}[^]*?\r\n\r\n/g) ?? []
  while (heads().length < count) await new Promise<void>((resolve) => (onReceived = resolve))
  return heads()
}

const query = JSON.stringify({ query: '{ categories { slug } }' })
const statusOf = (head: string) => Number(head.slice(9, 12))

it.each([
  ['a read that others may share', '{ categories { slug } }'],
  ['a change', 'mutation { startGuestSession { accessToken } }'],
])('a client that goes has called off what it asked for: %s', async (_what, text) => {
  const asked = new Promise<AbortSignal | undefined>((resolve) => {
    answer = ({ cancellation }) => {
      resolve(cancellation?.signal)
      return new Promise(() => undefined)
    }
  })
  client.write(post(JSON.stringify({ query: text })))
  const signal = await asked
  expect(signal?.aborted).toBe(false)
  client.destroy()
  await expect.poll(() => signal?.aborted, { timeout: 10_000 }).toBe(true)
})

describe('a connection', () => {
  it('is kept after answers, and after refusals of what was read', async () => {
    const preflight = 'apollo-require-preflight: 1\r\n'
    client.write(post(query))
    await answers(1)
    client.write(post('{'))
    await answers(2)
    client.write(post(query, { headers: 'authorization: Bearer bad\r\n' }))
    await answers(3)
    client.write(`GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: localhost\r\n${preflight}\r\n`)
    await answers(4)
    client.write(`DELETE /graphql HTTP/1.1\r\nhost: localhost\r\n\r\n`)
    const heads = await answers(5)
    expect(heads.map(statusOf)).toEqual([200, 400, 401, 200, 405])
    expect(heads.filter((head) => /connection: close/i.test(head))).toEqual([])
  })

  it('answers what is sent without waiting in its order', async () => {
    client.write(post(query) + post('{') + post(query))
    expect((await answers(3)).map(statusOf)).toEqual([200, 400, 200])
  })

  it.each([
    ['says that it is too large', () => post('', { length: 2_000_000 }), 413],
    [
      'is too large',
      () =>
        `${post('', { length: 0, headers: 'transfer-encoding: chunked\r\n' }).replace('content-length: 0\r\n', '')}150000\r\n${' '.repeat(0x150000)}`,
      413,
    ],
    ['nobody may send', () => post('{', { length: 1_000, headers: 'authorization: Bearer bad\r\n' }), 401],
    ['is no JSON', () => post('{', { length: 1_000 }).replace('application/json', 'text/plain'), 415],
  ])('ends with the refusal of a body that %s, of which there is more to come', async (_name, request, status) => {
    const ended = once(client, 'end')
    client.write(request())
    const [head = ''] = await answers(1)
    expect([statusOf(head), /connection: close/i.test(head)]).toEqual([status, true])
    await ended
  })
})

it('a body that comes in pieces is read as one that does not', async () => {
  const text = post(JSON.stringify({ query: '{ categories { slug } } # é' }))
  const bytes = Buffer.from(text)
  const half = bytes.length - 4
  client.write(bytes.subarray(0, half))
  await new Promise((resolve) => setImmediate(resolve))
  client.write(bytes.subarray(half))
  const [head = ''] = await answers(1)
  expect(statusOf(head)).toBe(200)
})

it('a HEAD is answered with the head alone', async () => {
  client.write('HEAD /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: localhost\r\nx-apollo-operation-name: a\r\n\r\n')
  await answers(1)
  client.write(post(query))
  const heads = await answers(2)
  expect(heads.map(statusOf)).toEqual([200, 200])
  expect(received.startsWith(heads.join(''))).toBe(true)
})

it('another spelling of the address is the same door', async () => {
  client.write(post(query, { headers: 'authorization: Bearer bad\r\n' }).replace('/graphql', '/%67raphql'))
  const [head = ''] = await answers(1)
  expect([statusOf(head), /ratelimit-limit/i.test(head)]).toEqual([401, true])
})
