import { LinkFailure, type FailureKind } from '../link-failure.ts'
import { UnreadableAnswer, type AnswerHead } from './answer-head.ts'
import { answerReader } from './answer-reader.ts'
import type { Carrier, Exchange } from './exchange.ts'
import { isUnreached, openWire, type Origin } from './wire.ts'

/** A connection over which requests are sent, and answered in the order in which they were. */
export interface Connection extends Carrier {
  /** By `performance.now()`: nothing is begun on it afterwards. */
  readonly usableUntil: number
  /** By `performance.now()`, since when the first answer has been waited for; undefined where none is, or nothing waits behind it. */
  readonly blockedSince: number | undefined
  /** Sends them together. Only while nothing is under way. */
  send(exchanges: readonly Exchange[]): void
  /** Gives what waits behind the first answer, to be sent elsewhere. */
  unblock(): Exchange[]
  destroy(reason: Error): void
}

interface ConnectionParts {
  readonly origin: Origin
  /** By `performance.now()`, when it is too old. */
  readonly until: number
  /** Bytes of an answer at most. */
  readonly largest: number
  /** All that was asked is answered. */
  onFree(connection: Connection): void
  /** It has ended; these were behind what has ended it, and may be sent elsewhere. */
  onEnd(connection: Connection, moved: readonly Exchange[]): void
}

/** Milliseconds that a connection is kept while nothing is asked on it, where the server does not say. */
const usuallyKept = 4_000
/** It is let go so much sooner than the server would: what is sent to one that is closing is lost. */
const margin = 2_000
const longestKept = 30_000

/** @throws nothing: that it cannot be made is a failure of what is sent on it */
export function openConnection({ origin, until, largest, onFree, onEnd }: ConnectionParts): Connection {
  /** In the order in which they were sent; undefined for those that nobody waits for any more. */
  const sent: (Exchange | undefined)[] = []
  let hasBegun = false
  let isLast = false
  let isOver = false
  let since = 0
  let usableUntil = until
  const reader = answerReader({ largest, onHead, onBody })
  const wire = openWire(origin, {
    onData(bytes) {
      try {
        reader.read(bytes)
        // Only then: what else came with an answer is not to be taken for that to the next request.
        if (sent.length === 0 && !isOver) free()
      } catch (thrown) {
        if (!(thrown instanceof UnreadableAnswer)) throw thrown
        over(failed(thrown, thrown.isTooLarge ? 'rubbish' : undefined))
      }
    },
    onEnd(cause) {
      if (cause === undefined) reader.end()
      const isNone = cause !== undefined && isUnreached(cause)
      over(failed(cause ?? new Error('the connection was closed'), isNone ? 'unreached' : undefined))
    },
  })

  function failed(cause: Error, kind: FailureKind = hasBegun ? 'broken off' : 'lost'): LinkFailure {
    return new LinkFailure(kind, cause.message, { cause })
  }

  function onHead(head: AnswerHead): boolean {
    if (sent.length === 0) throw new UnreadableAnswer('it answers what was not asked')
    hasBegun = true
    const failure = sent[0]?.judge(head)
    // How long the rest would take nobody knows.
    if (failure !== undefined) over(failure)
    return failure === undefined
  }

  function onBody(text: string, { isLast: ends, keptFor = usuallyKept + margin }: AnswerHead): void {
    const exchange = sent.shift()
    hasBegun = false
    isLast = ends
    since = performance.now()
    exchange?.resolve(text)
    usableUntil = Math.min(until, since + Math.min(keptFor, longestKept) - margin)
    if (ends) over(failed(new Error('it was the last answer')))
  }

  function free(): void {
    if (!reader.isBetween) throw new UnreadableAnswer('it answers what was not asked')
    onFree(connection)
  }

  /** Ends it. The failure is that of what was to be answered next. */
  function over(failure: Error): void {
    if (isOver) return
    isOver = true
    wire.destroy()
    const [first, ...behind] = sent.splice(0)
    const waiting = behind.filter((exchange) => exchange !== undefined)
    const moved = [...(isLast && first ? [first] : []), ...waiting].filter(({ mayMove }) => mayMove)
    for (const exchange of [first, ...waiting]) {
      if (exchange !== undefined && !moved.includes(exchange)) exchange.reject(failure)
    }
    onEnd(connection, moved)
  }

  const connection: Connection = {
    get usableUntil() {
      return usableUntil
    },
    get blockedSince() {
      return sent.length > 1 && sent.some((exchange, place) => place > 0 && exchange !== undefined) ? since : undefined
    },
    send(exchanges) {
      since = performance.now()
      for (const exchange of exchanges) {
        exchange.at = connection
        sent.push(exchange)
      }
      wire.write(exchanges.map(({ message }) => message))
    },
    unblock() {
      const waiting = sent.splice(1)
      // Their answers come all the same, and are to be told from what comes after them.
      sent.push(...waiting.map(() => undefined))
      return waiting.filter((exchange) => exchange !== undefined)
    },
    letGo(exchange) {
      const place = sent.indexOf(exchange)
      if (place >= 0) sent[place] = undefined
      // Closed, it tells the subgraph that nobody waits.
      if (sent.every((one) => one === undefined)) over(new Error('nobody waits any more'))
    },
    destroy: over,
  }
  return connection
}
