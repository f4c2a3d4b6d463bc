import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'

import { afterEach, beforeEach } from 'vitest'

import { Cancellation } from '../../platform/work/cancellation.ts'
import { httpClient, type Asking, type Client } from '../../gateway/fetch/client/client.ts'
import { messageOf } from '../../gateway/fetch/client/message.ts'

/** Nobody is sent anywhere else because the machine has much else to do. */
const patient = 60_000

/** Clients of a server that says nothing by itself, and shows each piece that arrives on each of its connections. Anew for each test. */
export function clientsOfQuietServer() {
  let server: Server
  /** In the order in which they were made. */
  const sockets: Socket[] = []
  /** What has arrived on each of them. */
  const texts: string[] = []
  const clients: Client[] = []
  const onArrival: (() => void)[] = []

  beforeEach(async () => {
    for (const list of [sockets, texts, clients, onArrival]) list.length = 0
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

  return {
    sockets,

    open(options: { lifetime?: number; largest?: number; patience?: number } = {}): Client {
      // A server that listens at a port has an address of this shape.
      const { port } = server.address() as AddressInfo
      const client = httpClient({ origin: { host: '127.0.0.1', port }, largest: 1_000, patience: patient, ...options })
      clients.push(client)
      return client
    },

    /** Resolves when so many requests have arrived, with their names by connection. */
    async arrived(count: number): Promise<string[][]> {
      const names = () => texts.map((text) => [...text.matchAll(/x-name: (.*)\r\n/g)].map(([, name = '']) => name))
      while (names().flat().length < count) await new Promise<void>((resolve) => onArrival.push(resolve))
      return names()
    },

    /** Answers on a connection. */
    answer(place: number, ...answers: string[]): void {
      const text = answers.map((body) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`).join('')
      sockets[place]?.write(text)
    },

    /** Resolves when a connection is closed. */
    async closed(place: number): Promise<void> {
      const socket = sockets[place]
      if (socket === undefined) throw new Error('there is no such connection')
      await once(socket, 'close')
    },
  }
}

/** Asks for a name; what is answered is up to the test. */
export function ask(
  client: Client,
  name: string,
  { mayShare = true, cancellation = new Cancellation(), judge = () => undefined }: Partial<Asking> = {},
) {
  const message = messageOf({ method: 'POST', path: '/graphql', headers: { 'x-name': name }, body: name }, 'cart')
  const asked = client.ask(message, { mayShare, cancellation, judge })
  // Some are looked at after they have failed.
  asked.catch(() => undefined)
  return asked
}
