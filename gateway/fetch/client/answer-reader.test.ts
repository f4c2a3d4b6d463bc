import { describe, expect, it } from 'vitest'

import { UnreadableAnswer } from './answer-head.ts'
import { AnswerReader } from './answer-reader.ts'

const largest = 100

interface Read {
  readonly answers: { status: number; type: string; text: string; isLast: boolean }[]
  readonly isBetween: boolean
}

/** What is read of bytes that come in these pieces. */
function read(pieces: readonly Buffer[], { ends = false } = {}): Read {
  const answers: Read['answers'] = []
  const reader = new AnswerReader({
    largest,
    onHead: () => true,
    onBody: (text, { status, type, isLast }) => answers.push({ status, type, text, isLast }),
  })
  for (const piece of pieces) {
    // As the memory that a socket is read into is.
    const reused = Buffer.from(piece)
    reader.read(reused)
    reused.fill('x')
  }
  if (ends) reader.end()
  return { answers, isBetween: reader.isBetween }
}

/** All at once, a byte at a time, and in two pieces that meet at each place. */
function waysToCut(bytes: Buffer): Buffer[][] {
  const places = [...bytes.keys()]
  return [
    [bytes],
    places.map((at) => bytes.subarray(at, at + 1)),
    ...places.map((at) => [bytes.subarray(0, at), bytes.subarray(at)]),
  ]
}

const ok = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
const good = { status: 200, type: 'application/json', isLast: false }

const readable: [string, string, Read['answers']][] = [
  ['with a length', `${ok}Content-Length: 10\r\n\r\n{"a":"é"}`, [{ ...good, text: '{"a":"é"}' }]],
  ['of no bytes', `${ok}Content-Length: 0\r\n\r\n`, [{ ...good, text: '' }]],
  [
    'with its length said twice alike',
    `${ok}Content-Length: 2\r\ncontent-length:2\r\n\r\n{}`,
    [{ ...good, text: '{}' }],
  ],
  [
    'in chunks',
    `${ok}Transfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n4\r\n":1}\r\n0\r\n\r\n`,
    [{ ...good, text: '{"a":1}' }],
  ],
  [
    'in chunks with extensions and trailers',
    `${ok}transfer-encoding: Chunked\r\n\r\n0a ;x="y"\r\n0123456789\r\n1;z\r\n!\r\n000\r\nx-sum: 1\r\ny: 2\r\n\r\n`,
    [{ ...good, text: '0123456789!' }],
  ],
  [
    'after a 100 and a 103',
    `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${ok}Content-Length: 2\r\n\r\n{}`,
    [{ ...good, text: '{}' }],
  ],
  [
    'with no reason',
    'HTTP/1.1 404 \r\nContent-Length: 1\r\n\r\n!',
    [{ status: 404, type: '', isLast: false, text: '!' }],
  ],
  [
    'with not even a space for it',
    'HTTP/1.1 404\r\nContent-Length: 1\r\n\r\n!',
    [{ status: 404, type: '', isLast: false, text: '!' }],
  ],
  [
    'that has no body',
    'HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\n',
    [{ status: 204, type: '', isLast: false, text: '' }],
  ],
  [
    'that is the last',
    `${ok}Connection: foo, Close\r\nContent-Length: 2\r\n\r\n{}`,
    [{ ...good, isLast: true, text: '{}' }],
  ],
  [
    'of HTTP/1.0',
    'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}',
    [{ status: 200, type: '', isLast: true, text: '{}' }],
  ],
  [
    'of HTTP/1.0 that is not the last',
    'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\n{}',
    [{ status: 200, type: '', isLast: false, text: '{}' }],
  ],
  [
    'behind others',
    `${ok}Content-Length: 1\r\n\r\n1${ok}Transfer-Encoding: chunked\r\n\r\n1\r\n2\r\n0\r\n\r\n${ok}Content-Length: 1\r\n\r\n3`,
    ['1', '2', '3'].map((text) => ({ ...good, text })),
  ],
]

describe.each(readable)('an answer %s', (_name, text, answers) => {
  it('is read, however it is cut', () => {
    for (const pieces of waysToCut(Buffer.from(text))) expect(read(pieces)).toEqual({ answers, isBetween: true })
  })

  it('is not complete before its last byte', () => {
    const bytes = Buffer.from(text)
    for (const at of bytes.keys()) {
      const { answers: some } = read([bytes.subarray(0, at)], { ends: true })
      expect(some.length).toBeLessThan(answers.length)
    }
  })
})

describe('an answer without a length', () => {
  it('ends with the connection', () => {
    for (const pieces of waysToCut(Buffer.from(`${ok}\r\n{"a":"é"}`))) {
      expect(read(pieces).answers).toEqual([])
      expect(read(pieces, { ends: true }).answers).toEqual([{ ...good, isLast: true, text: '{"a":"é"}' }])
    }
  })
})

const unreadable: [string, string][] = [
  ['another protocol', '220 mail.example.org ESMTP\r\n'],
  ['TLS', '\x15\x03\x01\x00\x02\x02'],
  ['HTTP/2', 'HTTP/2 200\r\n\r\n'],
  ['HTTP/1.2', 'HTTP/1.2 200 OK\r\n\r\n'],
  ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n'],
  ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'],
  ['lines that end half', 'HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\n{}'],
  ['a folded line', `${ok}X-A: b\r\n c\r\nContent-Length: 2\r\n\r\n{}`],
  ['a space before the colon', `${ok}Content-Length : 2\r\n\r\n{}`],
  ['a line that is no header', `${ok}nonsense\r\n\r\n`],
  ['a null character', `${ok}X-A: \0\r\nContent-Length: 2\r\n\r\n{}`],
  ['a length and chunks', `${ok}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`],
  ['another encoding behind the chunks', `${ok}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
  ['chunks twice', `${ok}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['two lengths', `${ok}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
  ['two lengths in one line', `${ok}Content-Length: 2, 2\r\n\r\n{}`],
  ['a negative length', `${ok}Content-Length: -2\r\n\r\n{}`],
  ['a length with a sign', `${ok}Content-Length: +2\r\n\r\n{}`],
  ['a length in hexadecimal', `${ok}Content-Length: 0x2\r\n\r\n{}`],
  ['an empty length', `${ok}Content-Length:\r\n\r\n{}`],
  ['a length that no number holds', `${ok}Content-Length: ${'9'.repeat(30)}\r\n\r\n{}`],
  ['a switch of protocols', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\n\r\n'],
  ['a chunk of no size', `${ok}Transfer-Encoding: chunked\r\n\r\n\r\n{}\r\n0\r\n\r\n`],
  ['a chunk of a size that is none', `${ok}Transfer-Encoding: chunked\r\n\r\n2x\r\n{}\r\n0\r\n\r\n`],
  ['a chunk of a negative size', `${ok}Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n`],
  ['a chunk that is longer than it says', `${ok}Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n`],
  ['a size that no number holds', `${ok}Transfer-Encoding: chunked\r\n\r\n${'f'.repeat(20)}\r\n{}`],
]

it.each(unreadable)('%s is no answer', (_name, text) => {
  for (const pieces of waysToCut(Buffer.from(text, 'latin1'))) expect(() => read(pieces)).toThrow(UnreadableAnswer)
})

const tooMuch: [string, string][] = [
  ['a head without an end', `${ok}${'x: y\r\n'.repeat(5_000)}`],
  ['a header without an end', `${ok}x: ${'y'.repeat(20_000)}`],
  ['trailers without an end', `${ok}Transfer-Encoding: chunked\r\n\r\n0\r\n${'x: y\r\n'.repeat(5_000)}`],
  ['a line before a chunk without an end', `${ok}Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(20_000)}`],
  ['a body that says it is too long', `${ok}Content-Length: ${largest + 1}\r\n\r\n`],
  ['chunks that are too much together', `${ok}Transfer-Encoding: chunked\r\n\r\n${'1\r\n!\r\n'.repeat(largest + 1)}`],
  ['a body that ends with the connection, too late', `${ok}\r\n${'!'.repeat(largest + 1)}`],
]

it.each(tooMuch)('%s is not read on', (_name, text) => {
  const bytes = Buffer.from(text)
  expect(() => read([bytes])).toThrow(UnreadableAnswer)
  const pieces = Array.from({ length: Math.ceil(bytes.length / 100) }, (_, at) =>
    bytes.subarray(at * 100, at * 100 + 100),
  )
  expect(() => read(pieces)).toThrow(UnreadableAnswer)
})

it('how long the server keeps a connection is what it says', () => {
  const kept: (number | undefined)[] = []
  const reader = new AnswerReader({ largest, onHead: () => true, onBody: (_text, { keptFor }) => kept.push(keptFor) })
  for (const line of ['Keep-Alive: timeout=5', 'Keep-Alive: max=3, timeout=30', 'Keep-Alive: max=3', 'X: timeout=5']) {
    reader.read(Buffer.from(`${ok}${line}\r\nContent-Length: 0\r\n\r\n`))
  }
  expect(kept).toEqual([5_000, 30_000, undefined, undefined])
})

it('a body that comes in several pieces is not begun anew', () => {
  const bytes = Buffer.from(`${ok}Content-Length: 60\r\n\r\n${'ab'.repeat(30)}`)
  const thirds = [bytes.subarray(0, 80), bytes.subarray(80, 90), bytes.subarray(90)]
  expect(read(thirds).answers).toEqual([{ ...good, text: 'ab'.repeat(30) }])
})
