import { EventEmitter, once } from 'node:events'
import type { Socket } from 'node:net'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { ask, clientsOfQuietServer } from '../../../tests/support/quiet-server.ts'

const { answer, arrived, closed, open, sockets } = clientsOfQuietServer()

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
  afterEach(() => vi.useRealTimers())

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
    // None is closed since it has not been used for too long.
    vi.useFakeTimers({ toFake: ['performance'] })
    const client = open({ patience: 50 })
    const [first] = [ask(client, 'a'), await arrived(1)]
    answer(0, '1')
    await first
    const isClosed = closed(0)
    sockets[0]?.write('HTTP/1.1 102 Processing\r\n\r\n')
    await isClosed
    for (const name of ['hangs', 'b']) void ask(client, name)
    void ask(client, 'change', { mayShare: false })
    await arrived(4)
    vi.advanceTimersByTime(60)
    expect((await arrived(5)).toSorted()).toEqual([['a'], ['b'], ['change'], ['hangs', 'b']])
  })
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
