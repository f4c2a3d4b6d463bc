import { once } from 'node:events'
import { connect } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Gateway } from '../gateway.ts'
import { bareGateway } from '../testing/bare-gateway.ts'

let gateway: Gateway
let port: number
beforeAll(async () => {
  gateway = await bareGateway()
  port = (await gateway.listen({ host: '127.0.0.1', port: 0 })).port
})
afterAll(() => gateway.close(1_000))

/** An operation in so many bytes of JSON. */
function operation(length: number): Buffer {
  const text = JSON.stringify({ query: '{ __typename }', extensions: { padding: '' } })
  return Buffer.from(text.replace('""', `"${'x'.repeat(Math.max(0, length - text.length))}"`))
}

async function post(payload: Buffer, encoding?: string) {
  const headers = {
    'content-type': 'application/json',
    ...(encoding !== undefined && { 'content-encoding': encoding }),
  }
  // A body that is refused is not read to its end, which the client may notice only by a broken connection.
  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers,
    body: Uint8Array.from(payload),
  })
  const body: unknown = await answer.json()
  return { status: answer.status, body }
}

const refused = (message: RegExp) => ({
  errors: [{ message: expect.stringMatching(message), extensions: { code: 'BAD_REQUEST' } }],
})
const done = { status: 200, body: { data: { __typename: 'Query' } } }

const encodings = [
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['GZIP', gzipSync],
  ['br', brotliCompressSync],
  ['deflate', deflateSync],
] as const

describe('the body of a request', () => {
  it.each(encodings)('may be sent as %s', async (encoding, encode) => {
    for (const length of [0, 20_000, 1_048_576]) expect(await post(encode(operation(length)), encoding)).toEqual(done)
  })

  it.each(['identity', '', undefined])('may be sent as it is: %j', async (encoding) => {
    expect(await post(operation(0), encoding)).toEqual(done)
  })

  it.each(['zstd', 'compress', 'gzip, gzip', 'gzip, br', 'chunked', 'aws-chunked'])(
    'is not taken as %s, and the answer names what is',
    async (encoding) => {
      const answer = await post(operation(0), encoding)
      expect(answer).toEqual({ status: 415, body: refused(/gzip, br or deflate/) })
    },
  )

  it.each(encodings)('that is not what it is called is refused: %s', async (encoding, encode) => {
    for (const bad of [Buffer.from('hello'), operation(0), encode(operation(9_000)).subarray(0, -8)]) {
      expect(await post(bad, encoding)).toEqual({ status: 400, body: refused(/not what `content-encoding` says/) })
    }
  })

  it.each(encodings)('has its limit as it is meant: %s', async (encoding, encode) => {
    expect(await post(encode(operation(1_048_577)), encoding)).toEqual({ status: 413, body: refused(/1 MiB/) })
  })

  it('that stands for a gigabyte is not inflated to find that out', async () => {
    const tenMebibytes = gzipSync(Buffer.alloc(10 * 1_048_576))
    const bomb = Buffer.concat(Array.from({ length: 96 }, () => tenMebibytes))
    expect(bomb.length).toBeLessThan(1_048_576)
    await post(bomb, 'gzip')
    const before = process.cpuUsage()
    expect(await post(bomb, 'gzip')).toEqual({ status: 413, body: refused(/1 MiB/) })
    const { user } = process.cpuUsage(before)
    // Microseconds; to inflate it all takes 350 ms.
    expect(user).toBeLessThan(150_000)
  })

  it.each([
    ['compressed without saying so', gzipSync(operation(0))],
    ['Latin-1', Buffer.from('{ "query": "{ __typename } # caf\u00e9" }', 'latin1')],
    ['cut in the middle of a character', Buffer.from('{ "query": "{ __typename } # café').subarray(0, -1)],
  ])('that is not UTF-8 is refused as that: %s', async (_what, body) => {
    expect(await post(body)).toEqual({ status: 400, body: refused(/not UTF-8/) })
    if (body[0] === 0x7b)
      expect(await post(gzipSync(body), 'gzip')).toEqual({ status: 400, body: refused(/not UTF-8/) })
  })

  it('that begins with a byte order mark, or is of several bytes a character, is taken', async () => {
    expect(await post(Buffer.from('\ufeff{ "query": "{ __typename } # ☕" }'))).toEqual(done)
  })

  it('that is empty is refused as that, whatever its encoding is called', async () => {
    expect(await post(Buffer.alloc(0), 'gzip')).toEqual({ status: 400, body: refused(/body is empty/) })
  })

  it('that breaks off with its connection disturbs nobody else', async () => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    const head = ['POST /graphql HTTP/1.1', 'host: localhost', 'content-encoding: gzip', 'content-length: 500']
    socket.write(`${head.join('\r\n')}\r\ncontent-type: application/json\r\n\r\nhalf`)
    socket.destroy()
    expect(await post(gzipSync(operation(0)), 'gzip')).toEqual(done)
  })
})

describe('a request without a host', () => {
  it.each(['HTTP/1.0', 'HTTP/1.1'])('is refused in words: %s', async (version) => {
    const socket = connect(port, '127.0.0.1')
    socket.end(`GET /graphql ${version}\r\n\r\n`)
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    await once(socket, 'close')
    const answer = Buffer.concat(chunks).toString()
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(answer).toContain('The `host` header is not valid.')
    expect(answer).toMatch(/x-content-type-options: nosniff/)
  })
})
