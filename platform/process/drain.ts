import type { Socket } from 'node:net'

import type { FastifyInstance } from 'fastify'

import { asError } from '../errors.ts'
import type { Logger } from '../telemetry/logging.ts'
import { doneWithin } from '../work/deadline.ts'

/** Milliseconds in which a connection that was opened just before may still bring its request. */
const unusedPatience = 1_000

/** Takes no connection any more, ends the open requests, then closes; after `patience` milliseconds it closes what is still open. */
export type Drain = (patience: number) => Promise<void>

/**
 * How a server is to be closed. Node counts a connection over which nothing was ever sent as one with an open request, such as a
 * browser opens in case that it needs one: it is ended here, or it would be waited for as long as there is patience
 * (nodejs/node#63452).
 */
export function drainOf(instance: Pick<FastifyInstance, 'server' | 'close'>, log: Logger): Drain {
  const { server } = instance
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  const endUnused = () => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
  }

  return async (patience) => {
    const ended = new Promise<void>((resolve) => server.close(() => resolve()))
    const ending = setTimeout(endUnused, unusedPatience)
    const isDone = await doneWithin(patience, () => ended)
    clearTimeout(ending)
    if (!isDone) {
      log.warn('some requests did not end in time; closing their connections')
      server.closeAllConnections()
      await ended
    }
    // What requests are answered with stays for as long as there are any.
    await instance.close().catch((thrown: unknown) => log.warn({ err: asError(thrown) }, 'closing failed'))
  }
}
