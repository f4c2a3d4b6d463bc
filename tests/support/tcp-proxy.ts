import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A way to a server on this machine that can be cut. */
export interface TcpProxy {
  readonly port: number
  /** Ends every connection at once, as when a process is killed or a cable pulled, and lets nobody through. */
  cut(): void
  /** Lets through again. */
  mend(): void
  close(): Promise<void>
}

export async function proxyTo(port: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let isCut = false

  const server = createServer((near) => {
    if (isCut) {
      near.destroy()
      return
    }
    const far = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => undefined)
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a server of a port has an address')

  const endAll = () => sockets.forEach((socket) => socket.destroy())
  return {
    port: address.port,
    cut() {
      isCut = true
      endAll()
    },
    mend() {
      isCut = false
    },
    async close() {
      endAll()
      server.close()
      await once(server, 'close')
    },
  }
}
