import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A way to a server on this machine that can be cut. */
export interface TcpProxy {
  readonly port: number
  /** Resets every connection, as when a machine is lost, and lets nobody through. */
  cut(): void
  /** Keeps every connection and takes new ones, but passes nothing on, as when every packet is lost. */
  silence(): void
  /** Lets through again; what has waited in silence arrives. */
  mend(): void
  close(): Promise<void>
}

export async function proxyTo(port: number): Promise<TcpProxy> {
  /** Each end of each connection, and the other end of it. */
  const ends = new Map<Socket, Socket>()
  let state: 'open' | 'cut' | 'silent' = 'open'

  const server = createServer((near) => {
    if (state === 'cut') {
      near.resetAndDestroy()
      return
    }
    const far = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.set(one, other)
      one.on('error', () => undefined)
      one.on('close', (hadError) => {
        ends.delete(one)
        if (hadError) other.resetAndDestroy()
        else other.destroy()
      })
      if (state === 'open') one.pipe(other)
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a server of a port has an address')

  const endAll = () => ends.forEach((_other, one) => one.resetAndDestroy())
  return {
    port: address.port,
    cut() {
      state = 'cut'
      endAll()
    },
    silence() {
      state = 'silent'
      ends.forEach((other, one) => one.unpipe(other))
    },
    mend() {
      if (state === 'silent') ends.forEach((other, one) => one.pipe(other))
      state = 'open'
    },
    async close() {
      endAll()
      server.close()
      await once(server, 'close')
    },
  }
}
