import { nanos, type Msg } from 'nats'

import { doneWithin } from '../../../work/deadline.ts'
import type { Connected } from '../connection.ts'
import type { DurableConsumer } from './consumers.ts'

/** Milliseconds that one request for messages is open, and between the server's heartbeats meanwhile. */
const requestOpenFor = 30_000
const heartbeatEvery = 3_000
/** Silence after which a request is lost: its server went, or another leads the consumer now. */
const silenceAllowed = 7_000
/** Before the next request where there is no consumer or no leader just now. */
const pauseAfterRefusal = 100
/** To have everything that was on its way, unless the server is away. */
const drainPatience = 1_000

/** Statuses of a request that is open, and of one that ended in order. */
const idleHeartbeat = 100
const openLongEnough = 408

export interface Pulled {
  readonly subject: string
  readonly data: Uint8Array
  readonly stream: string
  /** Position in its stream. */
  readonly position: number
  /** Its number among all that its consumer was sent. */
  readonly count: number
  /** The number of our request that is open: another one may have reached another server. */
  readonly request: number
  readonly storedAt: Date
  /** How many of the consumer come behind it. */
  readonly pending: number
  acknowledge(): void
  /** It is still in hand. */
  keep(): void
  /** Somebody else may have it at once. */
  giveBack(): void
}

export type Source = Pick<DurableConsumer, 'stream' | 'durable'> & {
  /** Messages of one request. */
  readonly batch: number
}

interface PullOptions extends Source {
  onMessage(message: Pulled): void
  /** There is no such consumer, or nobody to lead it just now. The request is made again in any case. */
  onRefused?(): void
  /** Nothing has come for so long, no heartbeat either, that what we asked for is lost. It is asked for again unless given. */
  onSilent?(): void
}

/**
 * Has messages of a durable consumer sent to us, as they come. One rule heals it: a request that ended for whatever reason,
 * that is silent, or that was made before the connection broke is made again. An open one too many does no harm.
 */
export function pull(
  { connection, newInbox, onReconnect }: Connected,
  { stream, durable, batch, onMessage, onRefused, onSilent }: PullOptions,
): { stop(): Promise<void> } {
  const inbox = newInbox()
  let request = 0
  let left = 0
  let lastSign = 0
  let later: NodeJS.Timeout | undefined
  let stopped: Promise<unknown> | undefined

  function requestMore(): void {
    if (stopped !== undefined || connection.isClosed()) return
    request += 1
    left = batch
    lastSign = performance.now()
    const body = { batch, expires: nanos(requestOpenFor), idle_heartbeat: nanos(heartbeatEvery) }
    const subject = `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`
    connection.publish(subject, JSON.stringify(body), { reply: `${inbox}.${request}` })
  }

  function onStatus({ subject, headers }: Msg): void {
    // A request that was made again may end as it likes.
    if (subject !== `${inbox}.${request}`) return
    lastSign = performance.now()
    if (headers?.code === idleHeartbeat) return
    if (headers?.code === openLongEnough) {
      requestMore()
      return
    }
    clearTimeout(later)
    later = setTimeout(requestMore, pauseAfterRefusal)
    onRefused?.()
  }

  const subscription = connection.subscribe(`${inbox}.*`, {
    callback(error, received) {
      if (error !== null) return
      if ((received.headers?.code ?? 0) !== 0) {
        onStatus(received)
        return
      }
      lastSign = performance.now()
      left -= 1
      onMessage(pulled(received, request))
      if (left <= 0) requestMore()
    },
  })
  const stopListening = onReconnect(requestMore)
  const watchdog = setInterval(() => {
    if (performance.now() - lastSign > silenceAllowed) (onSilent ?? requestMore)()
  }, heartbeatEvery)
  requestMore()

  return {
    /** What was on its way still comes, before it resolves. */
    async stop() {
      stopListening()
      clearInterval(watchdog)
      clearTimeout(later)
      stopped ??= doneWithin(drainPatience, () => subscription.drain())
      await stopped
    },
  }
}

/** `$JS.ACK.<domain>.<account>.<stream>.<consumer>.<deliveries>.<stream position>.<consumer position>.<time>.<pending>`, or without the first two. */
function pulled(received: Msg, request: number): Pulled {
  const { subject, data, reply = '' } = received
  const tokens = reply.split('.')
  const [stream = '', , , position, count, nanoseconds, pending] = tokens.slice(tokens.length === 9 ? 2 : 4)
  return {
    subject,
    data,
    stream,
    position: Number(position),
    count: Number(count),
    request,
    storedAt: new Date(Number(nanoseconds) / 1e6),
    pending: Number(pending),
    acknowledge: () => void received.respond(),
    keep: () => void received.respond('+WPI'),
    giveBack: () => void received.respond('-NAK'),
  }
}
