import { connect } from 'node:net'

import { asError } from '../../../platform/errors.ts'
import { spreadingLookup } from '../http/lookup.ts'

/** Where a server listens. */
export interface Origin {
  readonly host: string
  readonly port: number
}

interface Listeners {
  /** Called before anything that was to be sent is. */
  onConnect(): void
  /** The bytes are overwritten when it has returned. */
  onData(bytes: Buffer): void
  /** Called once. The cause is undefined where the other side has ended it in order. */
  onEnd(cause: Error | undefined): void
}

/** A socket, as it is used here. */
export interface Wire {
  /** Sends them with one call of the system, as far as it takes them; before it is connected, as soon as it is. */
  write(messages: readonly (string | Buffer)[]): void
  destroy(): void
}

/** Milliseconds in which a connection is to be made. */
const patience = 1_000
/** Bytes that are read at once; what of it is never written to takes no memory. */
const readAtOnce = 65_536

class NotConnectedInTime extends Error {
  override readonly name = 'NotConnectedInTime'
}

/** Read into memory of its own, and without a stream's events: those cost more than the rest of an answer. */
export function openWire({ host, port }: Origin, { onConnect, onData, onEnd }: Listeners): Wire {
  const memory = Buffer.allocUnsafeSlow(readAtOnce)
  const socket = connect({
    ...{ host, port, noDelay: true, lookup: spreadingLookup },
    onread: {
      buffer: memory,
      callback(length) {
        if (!hasEnded) onData(memory.subarray(0, length))
        return true
      },
    },
  })
  let hasEnded = false
  const giveUp = () => {
    if (socket.connecting) socket.destroy(new NotConnectedInTime(`no connection within ${patience} ms`))
  }
  // Behind what has come meanwhile: where this process was busy for so long, the connection may be there.
  const timer = setTimeout(() => setImmediate(giveUp), patience)

  function end(cause?: Error): void {
    if (hasEnded) return
    hasEnded = true
    clearTimeout(timer)
    socket.destroy()
    onEnd(cause)
  }

  socket.once('connect', () => {
    clearTimeout(timer)
    onConnect()
  })
  socket.on('error', end)
  // What closes is said to be closed only after a while, in which it would be used.
  socket.once('end', () => end())
  socket.once('close', () => end())
  return {
    write(messages) {
      socket.write(joined(messages))
    },
    destroy: () => end(),
  }
}

function joined(messages: readonly (string | Buffer)[]): string | Buffer {
  if (messages.every((message) => typeof message === 'string')) return messages.join('')
  return Buffer.concat(messages.map((message) => (typeof message === 'string' ? Buffer.from(message) : message)))
}

/** Whether there was no connection. Several addresses of one name fail together, as one error. */
export function isUnreached(cause: Error): boolean {
  if (cause instanceof AggregateError) return cause.errors.every((one) => isUnreached(asError(one)))
  if (cause instanceof NotConnectedInTime) return true
  return 'syscall' in cause && (cause.syscall === 'connect' || cause.syscall === 'getaddrinfo')
}
