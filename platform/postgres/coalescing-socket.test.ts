import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { CoalescingSocket } from './coalescing-socket.ts'

const server = createServer()
let socket: CoalescingSocket
let peer: Socket

beforeEach(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  socket = new CoalescingSocket()
  const accepted = once(server, 'connection')
  socket.connect(port, '127.0.0.1')
  await once(socket, 'connect')
  ;[peer] = await accepted
})
afterEach(() => {
  socket.destroy()
  peer.destroy()
  server.close()
})

it('keeps what is written until the turn is over, and sends it in order', async () => {
  for (const word of ['begin', ' and', ' more']) {
    // As pg does around each statement.
    socket.cork()
    socket.write(word)
    socket.uncork()
  }
  expect(socket.writableLength).toBe('begin and more'.length)
  const [received] = await once(peer, 'data')
  expect(String(received)).toBe('begin and more')
  expect(socket.writableLength).toBe(0)
})

it('notifies who waits for it that it is written', async () => {
  const written = new Promise<void>((resolve) => socket.write('now', 'utf8', () => resolve()))
  socket.write('then', () => undefined)
  await written
  const [received] = await once(peer, 'data')
  expect(String(received)).toBe('nowthen')
})
