import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { Connection } from './connection.ts'
import type { Exchange } from './exchange.ts'

let server: Server
/** What has arrived. */
let text: string
let connection: Connection
const sockets: Socket[] = []

beforeEach(async () => {
  text = ''
  server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString()
      server.emit('arrived')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  connection = new Connection({
    ...{ origin: { host: '127.0.0.1', port }, until: Infinity, largest: 1_000 },
    onFree: () => undefined,
    onEnd: () => undefined,
  })
})
afterEach(async () => {
  connection.destroy(new Error('the test is over'))
  for (const socket of sockets.splice(0)) socket.destroy()
  server.close()
  await once(server, 'close')
})

/** With why it was not answered, when it was not. */
function exchangeOf(message: string, mayMove: boolean) {
  const failures: Error[] = []
  const exchange: Exchange = {
    ...{ message, mayMove, isShared: mayMove, at: undefined },
    judge: () => undefined,
    resolve: () => undefined,
    reject: (failure) => failures.push(failure),
  }
  return { exchange, failures }
}

it('gives away what may be sent a second time, and nothing else', async () => {
  const [first, change, query] = [exchangeOf('first ', true), exchangeOf('change ', false), exchangeOf('query', true)]
  connection.send([first.exchange, change.exchange, query.exchange])
  await once(server, 'arrived')
  expect(connection.isBlocked).toBe(true)
  expect(connection.unblock()).toEqual([query.exchange])
  expect(connection.isBlocked).toBe(false)
  expect(connection.unblock()).toEqual([])
})

it('sends nothing while it is not free, and says so', async () => {
  const [first, change] = [exchangeOf('first ', true), exchangeOf('change ', false)]
  connection.send([first.exchange])
  connection.send([change.exchange])
  expect(change.failures).toMatchObject([{ kind: 'unreached', sent: false }])
  await once(server, 'arrived')
  connection.destroy(new Error('it is over'))
  connection.send([change.exchange])
  expect(change.failures).toHaveLength(2)
  await once(sockets[0] ?? server, 'close')
  expect(text).toBe('first ')
})
