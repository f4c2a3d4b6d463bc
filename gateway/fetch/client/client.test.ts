import { EventEmitter, once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { httpClient, type Asking, type Client } from './client.ts'
import { messageOf } from './message.ts'

/** A server that shows each piece that arrives on each of its connections, and says nothing by itself. */
let server: Server
let sockets: Socket[]
/** What has arrived on each of them. */
let texts: string[]
let clients: Client[]
let onArrival: (() => void)[]

beforeEach(async () => {
  ;[sockets, texts, clients, onArrival] = [[], [], [], []]
  server = createServer((socket) => {
    const place = sockets.push(socket) - 1
    texts.push('')
    socket.on('error', () => undefined)
    socket.on('data', (bytes: Buffer) => {
      texts[place] = `${texts[place] ?? ''}${bytes.toString()}`
      for (const look of onArrival) look()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(async () => {
  for (const client of clients) client.close()
  for (const socket of sockets) socket.destroy()
  server.close()
  await once(server, 'close')
})

/** Nobody is sent anywhere else because the machine has much else to do. */
const patient = 60_000

function open(options: { lifetime?: number; largest?: number; patience?: number } = {}): Client {
  const { port } = server.address() as AddressInfo
  const client = httpClient({ origin: { host: '127.0.0.1', port }, largest: 1_000, patience: patient, ...options })
  clients.push(client)
  return client
}

/** Asks for a name; what is answered is up to the test. */
function ask(
  client: Client,
  name: string,
  { mayShare = true, signal = new AbortController().signal, judge = () => undefined }: Partial<Asking> = {},
) {
  const message = messageOf({ method: 'POST', path: '/graphql', headers: { 'x-name': name }, body: name }, 'cart')
  const asked = client.ask(message, { mayShare, signal, judge })
  // Some are looked at after they have failed.
  asked.catch(() => undefined)
  return asked
}

/** Resolves when so many requests have arrived, with their names by connection. */
async function arrived(count: number): Promise<string[][]> {
  const names = () => texts.map((text) => [...text.matchAll(/x-name: (.*)\r\n/g)].map(([, name = '']) => name))
  while (names().flat().length < count) await new Promise<void>((resolve) => onArrival.push(resolve))
  return names()
}

/** Answers on a connection, by the order in which those were made. */
function answer(place: number, ...answers: string[]): void {
  const text = answers.map((body) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`).join('')
  sockets[place]?.write(text)
}

/** Where a name was asked for the last time. */
function placeOf(names: string[][], name: string): number {
  return names.findLastIndex((connection) => connection.includes(name))
}

describe('requests of the same moment', () => {
  it('go over one connection, and are told apart by their order', async () => {
    const client = open()
    const asked = ['a', 'b', 'c'].map((name) => ask(client, name))
    expect(await arrived(3)).toEqual([['a', 'b', 'c']])
    answer(0, '1', '2')
    answer(0, '3')
    expect(await Promise.all(asked)).toEqual(['1', '2', '3'])
  })

  it('are not too many for one', async () => {
    const client = open()
    for (let count = 0; count < 20; count += 1) void ask(client, String(count))
    expect((await arrived(20)).map(({ length }) => length).toSorted()).toEqual([4, 8, 8])
  })

  it('that change something go apart', async () => {
    const client = open()
    void ask(client, 'a')
    void ask(client, 'change', { mayShare: false })
    void ask(client, 'b')
    void ask(client, 'c')
    const names = await arrived(4)
    expect(names.toSorted()).toEqual([['a'], ['b', 'c'], ['change']])
  })
})

describe('behind an answer that does not come', () => {
  it('nobody waits: what is behind it is sent again, apart from all others', async () => {
    const client = open({ patience: 50 })
    const [hanging, ...others] = ['hangs', 'b', 'c'].map((name) => ask(client, name))
    await arrived(3)
    const names = await arrived(5)
    expect(names.map(({ length }) => length)).toEqual([3, 1, 1])
    for (const name of ['b', 'c']) answer(placeOf(names, name), name)
    expect(await Promise.all(others)).toEqual(['b', 'c'])
    // What comes there at last is told apart from it.
    answer(0, 'late', 'never read', 'nor this')
    expect(await hanging).toBe('late')
    const next = ask(client, 'd')
    answer(placeOf(await arrived(6), 'd'), 'd')
    expect(await next).toBe('d')
  })

  it('nothing is sent for a while', async () => {
    const client = open({ patience: 50 })
    for (const name of ['hangs', 'b']) void ask(client, name)
    await arrived(3)
    for (const name of ['c', 'd', 'e']) void ask(client, name)
    expect((await arrived(6)).map(({ length }) => length)).toEqual([2, 1, 1, 1, 1])
  })

  it('no connection is left, when that was called off before', async () => {
    const client = open({ patience: 50 })
    const gone = new AbortController()
    const [hanging, other] = [ask(client, 'hangs', gone), ask(client, 'b')]
    await arrived(2)
    const closed = once(sockets[0] ?? server, 'close')
    gone.abort(new Error('gone'))
    await expect(hanging).rejects.toThrow('gone')
    const names = await arrived(3)
    await closed
    answer(placeOf(names, 'b'), 'b')
    expect(await other).toBe('b')
  })

  it('its connection is closed when nobody waits for it any more', async () => {
    const client = open()
    const [gone, other] = [new AbortController(), new AbortController()]
    const both = [ask(client, 'hangs', gone), ask(client, 'b', other)]
    await arrived(2)
    const closed = once(sockets[0] ?? server, 'close')
    gone.abort(new Error('gone'))
    other.abort(new Error('gone too'))
    await expect(both[0]).rejects.toThrow('gone')
    await expect(both[1]).rejects.toThrow('gone too')
    await closed
  })
})

describe('how long others wait', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }))
  afterEach(() => vi.useRealTimers())

  /** As a machine that plans an operation. Timers run out meanwhile, and nothing that arrives is read. */
  function stall(): void {
    vi.advanceTimersByTime(60)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60)
  }

  it('counts from when they were sent: a server may begin with one when it has answered the one before', async () => {
    const client = open({ patience: 50 })
    const [first, second, third] = ['a', 'b', 'c'].map((name) => ask(client, name))
    await arrived(3)
    vi.advanceTimersByTime(30)
    answer(0, '1')
    expect(await first).toBe('1')
    vi.advanceTimersByTime(30)
    expect(await arrived(4)).toEqual([['a', 'b', 'c'], ['c']])
    // What is left of the group is nothing that anybody waits for: then the server need not do it.
    const closed = once(sockets[0] ?? server, 'close')
    answer(0, '2')
    expect(await second).toBe('2')
    await closed
    answer(1, '3')
    expect(await third).toBe('3')
  })

  it('does not count while this process does something else', async () => {
    const client = open({ patience: 50 })
    const asked = ['a', 'b'].map((name) => ask(client, name))
    await arrived(2)
    answer(0, '1', '2')
    stall()
    expect(await Promise.all(asked)).toEqual(['1', '2'])
    for (const name of ['c', 'd']) void ask(client, name)
    expect(await arrived(4)).toEqual([['a', 'b', 'c', 'd']])
  })

  it('does not count while a connection is made', async () => {
    const client = open({ patience: 50 })
    const asked = ['a', 'b'].map((name) => ask(client, name))
    // When the connection has been begun.
    setImmediate(stall)
    await arrived(2)
    answer(0, '1', '2')
    expect(await Promise.all(asked)).toEqual(['1', '2'])
    for (const name of ['c', 'd']) void ask(client, name)
    expect(await arrived(4)).toEqual([['a', 'b', 'c', 'd']])
  })

  it('is less and less often tried, with a server that keeps others waiting whenever it may', async () => {
    const client = open({ patience: 50 })
    let count = 0
    /** Whether two that are asked for now go together. They are not answered. */
    async function goTogether(): Promise<boolean> {
      const pair = ['first', 'second'].map((name) => `${name} of ${count}`)
      for (const name of pair) void ask(client, name)
      count += 2
      return (await arrived(count)).some((names) => names.join() === pair.join())
    }
    /** The second of two that have gone together is sent again. */
    async function areParted(): Promise<void> {
      vi.advanceTimersByTime(60)
      count += 1
      await arrived(count)
    }
    expect(await goTogether()).toBe(true)
    await areParted()
    vi.advanceTimersByTime(10_000)
    expect(await goTogether()).toBe(true)
    await areParted()
    vi.advanceTimersByTime(10_000)
    expect(await goTogether()).toBe(false)
    vi.advanceTimersByTime(10_000)
    expect(await goTogether()).toBe(true)
  })
})

describe('a request that nobody waits for any more', () => {
  it('takes nothing from those with which it was sent', async () => {
    const client = open()
    const gone = new AbortController()
    const [first, second, third] = [ask(client, 'a', gone), ask(client, 'b'), ask(client, 'c')]
    await arrived(3)
    gone.abort(new Error('gone'))
    await expect(first).rejects.toThrow('gone')
    answer(0, 'not read', 'b', 'c')
    expect(await Promise.all([second, third])).toEqual(['b', 'c'])
  })

  it('is not sent where it has not been', async () => {
    const client = open()
    const gone = new AbortController()
    const asked = ask(client, 'a', gone)
    gone.abort(new Error('gone'))
    await expect(asked).rejects.toThrow('gone')
    await expect(ask(client, 'b', { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before')
    void ask(client, 'c')
    expect(await arrived(1)).toEqual([['c']])
  })
})

describe('a connection that ends', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['in order', (socket) => void socket.end()],
    ['by a reset', (socket) => void socket.resetAndDestroy()],
    ['with rubbish', (socket) => void socket.write('rubbish')],
    ['in the middle of an answer', (socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhal')],
  ])('%s fails what was to be answered next, and what is behind it is sent once more', async (how, end) => {
    const client = open()
    const [first, second] = [ask(client, 'a'), ask(client, 'b')]
    await arrived(2)
    for (const socket of sockets) end(socket)
    await expect(first).rejects.toMatchObject({ kind: how === 'in the middle of an answer' ? 'broken off' : 'lost' })
    expect(await arrived(3)).toEqual([['a', 'b'], ['b']])
    sockets[1]?.destroy()
    await expect(second).rejects.toMatchObject({ kind: 'lost' })
  })

  it('after what it says is its last answer fails nobody', async () => {
    const client = open()
    const [first, second] = [ask(client, 'a'), ask(client, 'b')]
    await arrived(2)
    sockets[0]?.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n1')
    expect(await first).toBe('1')
    expect(await arrived(3)).toEqual([['a', 'b'], ['b']])
    answer(1, '2')
    expect(await second).toBe('2')
  })

  it('never sends what changes something a second time', async () => {
    const client = open()
    const change = ask(client, 'change', { mayShare: false })
    await arrived(1)
    sockets[0]?.end()
    await expect(change).rejects.toMatchObject({ kind: 'lost', sent: true })
    void ask(client, 'b')
    expect(await arrived(2)).toEqual([['change'], ['b']])
  })

  it('while nothing is asked on it is not used any more', async () => {
    const client = open()
    const [first] = [ask(client, 'a'), await arrived(1)]
    answer(0, '1')
    await first
    for (const socket of sockets) await once(socket.end(), 'close')
    void ask(client, 'change', { mayShare: false })
    expect(await arrived(2)).toEqual([['a'], ['change']])
  })
})

describe('what is answered and was not asked', () => {
  it.each([
    ['a whole answer', 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison'],
    ['the beginning of one', 'HTTP/1.1 200 OK\r\nContent-Len'],
    ['that one will come', 'HTTP/1.1 102 Processing\r\n\r\n'],
    ['rubbish', '\r\n'],
  ])('is not given to who asks next: %s', async (_name, more) => {
    const client = open()
    const [first] = [ask(client, 'a'), await arrived(1)]
    sockets[0]?.write(`HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1${more}`)
    expect(await first).toBe('1')
    const next = ask(client, 'b')
    expect(await arrived(2)).toEqual([['a'], ['b']])
    answer(1, '2')
    expect(await next).toBe('2')
  })

  it('ends a connection that is not used: on it nothing is sent together with what changes something', async () => {
    const client = open({ patience: 50 })
    const [first] = [ask(client, 'a'), await arrived(1)]
    answer(0, '1')
    await first
    const closed = once(sockets[0] ?? server, 'close')
    sockets[0]?.write('HTTP/1.1 102 Processing\r\n\r\n')
    await closed
    for (const name of ['hangs', 'b']) void ask(client, name)
    void ask(client, 'change', { mayShare: false })
    const names = await arrived(5)
    expect(names.toSorted()).toEqual([['a'], ['b'], ['change'], ['hangs', 'b']])
  })
})

it('that an answer will come is no answer', async () => {
  const client = open()
  const asked = ['a', 'b'].map((name) => ask(client, name))
  await arrived(2)
  sockets[0]?.write('HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n')
  answer(0, '1', '2')
  expect(await Promise.all(asked)).toEqual(['1', '2'])
})

describe('a connection', () => {
  it('that has grown old is not used again', async () => {
    const client = open({ lifetime: 0 })
    for (const place of [0, 1, 2]) {
      const [asked] = [ask(client, String(place)), await arrived(place + 1)]
      answer(place, 'old')
      expect(await asked).toBe('old')
    }
  })

  it('that the server keeps for less than the margin is not used again', async () => {
    const client = open()
    const [asked] = [ask(client, 'a'), await arrived(1)]
    sockets[0]?.write('HTTP/1.1 200 OK\r\nKeep-Alive: timeout=2\r\nContent-Length: 1\r\n\r\n1')
    await asked
    void ask(client, 'b')
    expect(await arrived(2)).toEqual([['a'], ['b']])
  })

  it('is not made for more than there may be: the rest waits for one that is free', async () => {
    const client = open()
    const asked = Array.from({ length: 70 }, (_, at) => ask(client, `change ${at}`, { mayShare: false }))
    await arrived(64)
    for (const place of sockets.keys()) answer(place, '1')
    const names = await arrived(70)
    expect(names).toHaveLength(64)
    for (const [place, { length }] of names.entries()) if (length === 2) answer(place, '2')
    await Promise.all(asked)
  })
})

it('an answer that is too large is not read on', async () => {
  const client = open({ largest: 10 })
  const asked = ask(client, 'a')
  await arrived(1)
  answer(0, '12345678901')
  await expect(asked).rejects.toMatchObject({ kind: 'rubbish' })
})

describe('an answer that ends with its connection', () => {
  const head = 'HTTP/1.1 200 OK\r\n\r\n'

  it('is complete when the server has ended it', async () => {
    const client = open()
    const [asked] = [ask(client, 'a'), await arrived(1)]
    sockets[0]?.end(`${head}whole`)
    expect(await asked).toBe('whole')
  })

  it('is none when we have ended it, since it is too large', async () => {
    const client = open({ largest: 10 })
    const [asked] = [ask(client, 'a'), await arrived(1)]
    sockets[0]?.write(`${head}1234567890`)
    sockets[0]?.write('1')
    await expect(asked).rejects.toMatchObject({ kind: 'rubbish' })
  })

  it('is none when the client is closed', async () => {
    const client = open()
    const events = new EventEmitter()
    const [asked] = [ask(client, 'a', { judge: () => void events.emit('head') }), await arrived(1)]
    const begun = once(events, 'head')
    sockets[0]?.write(`${head}ha`)
    await begun
    client.close()
    await expect(asked).rejects.toThrow('closed')
  })
})

it('what is still asked ends with the client', async () => {
  const client = open()
  const asked = [ask(client, 'a'), ask(client, 'b')]
  await arrived(2)
  const waiting = ask(client, 'c')
  client.close()
  for (const one of [...asked, waiting]) await expect(one).rejects.toThrow('closed')
})
