import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'

/** One request as it arrived. */
export interface Arrived {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly socket: Socket
  readonly body: string
  /** How many requests came over its connection before it. */
  readonly before: number
}

export type Behaviour = (arrived: Arrived) => void

/** A real server that does to each request what a test says. */
export interface MisbehavingServer {
  readonly url: string
  /** What arrived since the start, or since `forget`. */
  readonly arrived: readonly Arrived[]
  /** Connections that were ever opened. */
  readonly connections: () => number
  behave(behaviour: Behaviour): void
  /** Resolves with the next request that arrives. */
  next(): Promise<Arrived>
  forget(): void
  /** May be called more than once. */
  close(): Promise<void>
}

/** @param port a certain one, where it is to come back at its old address */
export async function misbehavingServer(
  behaviour: Behaviour = answers({ data: {} }),
  port = 0,
): Promise<MisbehavingServer> {
  let behave = behaviour
  let connections = 0
  const arrived: Arrived[] = []
  const waiting = new Set<(one: Arrived) => void>()
  const counts = new WeakMap<Socket, number>()
  const server = createServer((request, response) => {
    const { socket } = request
    const before = counts.get(socket) ?? 0
    counts.set(socket, before + 1)
    // What is called off while it arrives is nothing to look at.
    void text(request).then(
      (body) => {
        const one = { request, response, socket, body, before }
        arrived.push(one)
        for (const resolve of waiting) resolve(one)
        waiting.clear()
        behave(one)
      },
      () => undefined,
    )
  })
  server.on('connection', () => (connections += 1))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${bound}/graphql`,
    arrived,
    connections: () => connections,
    behave(behaviour) {
      behave = behaviour
    },
    next: () => new Promise((resolve) => waiting.add(resolve)),
    forget() {
      arrived.length = 0
    },
    async close() {
      if (!server.listening) return
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** Answers as a subgraph does. */
export function answers(answer: unknown, { status = 200, type = 'application/json' } = {}): Behaviour {
  return ({ response }) => {
    response.writeHead(status, { 'content-type': type })
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
  }
}

/** Does the first for so many requests, then the second. */
export function first(count: number, behaviour: Behaviour, then: Behaviour): Behaviour {
  let seen = 0
  return (arrived) => (seen++ < count ? behaviour : then)(arrived)
}

const begin = ({ response }: Arrived) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{"data":{"a"')
}

export const faults = {
  hangs: () => undefined,
  resets: ({ socket }) => void socket.resetAndDestroy(),
  'closes the connection': ({ socket }) => void socket.destroy(),
  'is stopping': answers({ errors: [{ message: 'stopping' }] }, { status: 503 }),
  'resets in the middle of its answer': (arrived) => {
    begin(arrived)
    // When the client has the beginning: it arrives before what follows.
    setImmediate(() => arrived.socket.resetAndDestroy())
  },
  'never ends its answer': begin,
  'answers a byte at a time': (arrived) => {
    begin(arrived)
    const drip = setInterval(() => arrived.response.write(' '), 5)
    arrived.socket.once('close', () => clearInterval(drip))
  },
  'answers with a page of HTML': answers('<h1>Internal Server Error</h1>', { status: 500, type: 'text/html' }),
  'answers with HTML and status 200': answers('<h1>Welcome to nginx!</h1>', { type: 'text/html' }),
  redirects: ({ response }) => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
  'answers with half of a JSON': answers('{"data":{"a":1}'),
  'answers with nothing': answers(''),
  'answers with a list': answers([{ data: {} }]),
  'answers with data that is none': answers({ data: 'a' }),
  'answers with errors that are none': answers({ data: null, errors: 'all of them' }),
  'answers with no data and no errors': answers({}),
  'answers without an end to its size': ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const more = () => {
      while (!response.destroyed && response.write(' '.repeat(1_048_576)));
    }
    response.on('drain', more)
    more()
  },
  'speaks another protocol': ({ socket }) => void socket.end('220 mail.example.org ESMTP\r\n'),
} satisfies Record<string, Behaviour>
