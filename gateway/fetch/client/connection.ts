import { LinkFailure, type FailureKind } from '../link-failure.ts'
import { UnreadableAnswer, type AnswerHead } from './answer-head.ts'
import { AnswerReader } from './answer-reader.ts'
import type { Carrier, Exchange } from './exchange.ts'
import { isUnreached, openWire, type Origin, type Wire } from './wire.ts'

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

/** A connection over which requests are sent, and answered in the order in which they were. */
export class Connection implements Carrier {
  readonly #parts: ConnectionParts
  readonly #reader: AnswerReader
  readonly #wire: Wire
  /** In the order in which they were sent; undefined for those that nobody waits for any more. */
  readonly #sent: (Exchange | undefined)[] = []
  /** Whether the head of the answer to the first has come. */
  #hasBegun = false
  /** Whether the server answers nothing else on it. */
  #isLast = false
  #isOver = false
  #isConnected = false
  /** By `performance.now()`, when those that are under way were sent. */
  #since = 0
  #usableUntil: number

  constructor(parts: ConnectionParts) {
    this.#parts = parts
    this.#usableUntil = parts.until
    this.#reader = new AnswerReader({
      largest: parts.largest,
      onHead: (head) => this.#onHead(head),
      onBody: (text, head) => this.#onBody(text, head),
    })
    this.#wire = openWire(parts.origin, {
      onConnect: () => this.#onConnect(),
      onData: (bytes) => this.#onData(bytes),
      onEnd: (cause) => this.#onEnd(cause),
    })
  }

  /** By `performance.now()`: nothing is begun on it afterwards. */
  get usableUntil(): number {
    return this.#usableUntil
  }

  /** Whether something that may be sent elsewhere waits behind the first answer. */
  get isBlocked(): boolean {
    return this.#sent.some((exchange, place) => place > 0 && exchange?.mayMove === true)
  }

  /**
   * Milliseconds since those that are under way were sent, however many of them have been answered: there are servers that begin
   * with one when they have answered the one before.
   */
  waitedFor(now: number): number {
    return this.#isConnected ? now - this.#since : 0
  }

  /** Sends them together. Only while nothing is under way: otherwise they are refused, and nothing of them is sent. */
  send(exchanges: readonly Exchange[]): void {
    if (this.#isOver || this.#sent.length > 0) {
      for (const exchange of exchanges) exchange.reject(new LinkFailure('unreached', 'its connection is not free'))
      return
    }
    this.#since = performance.now()
    for (const exchange of exchanges) {
      exchange.at = this
      this.#sent.push(exchange)
    }
    this.#wire.write(exchanges.map(({ message }) => message))
  }

  /** Gives what waits behind the first answer and may be sent elsewhere. */
  unblock(): Exchange[] {
    const moved: Exchange[] = []
    for (const [place, exchange] of this.#sent.entries()) {
      if (place === 0 || exchange?.mayMove !== true) continue
      moved.push(exchange)
      // Its answer comes all the same, and is to be told from what comes after it.
      this.#sent[place] = undefined
    }
    this.#endIfUnneeded()
    return moved
  }

  letGo(exchange: Exchange): void {
    const place = this.#sent.indexOf(exchange)
    if (place >= 0) this.#sent[place] = undefined
    this.#endIfUnneeded()
  }

  /** Ends it. The reason is that of what was to be answered next. */
  destroy(reason: Error): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#wire.destroy()
    const [first, ...behind] = this.#sent.splice(0)
    const unanswered = this.#isLast ? [first, ...behind] : behind
    const moved = unanswered.filter((exchange) => exchange?.mayMove === true)
    for (const exchange of [first, ...behind]) if (!moved.includes(exchange)) exchange?.reject(reason)
    this.#parts.onEnd(
      this,
      moved.filter((exchange) => exchange !== undefined),
    )
  }

  /** Closed, it tells the subgraph that nobody waits. */
  #endIfUnneeded(): void {
    if (this.#sent.every((one) => one === undefined)) this.destroy(new Error('nobody waits any more'))
  }

  #onConnect(): void {
    this.#isConnected = true
    this.#since = performance.now()
  }

  #onData(bytes: Buffer): void {
    try {
      if (this.#sent.length === 0) throw unasked()
      this.#reader.read(bytes)
      if (this.#isOver) return
      // Only then: what else came with an answer is not to be taken for that to the next request.
      if (this.#sent.length === 0) this.#free()
      else this.#endIfUnneeded()
    } catch (thrown) {
      if (!(thrown instanceof UnreadableAnswer)) throw thrown
      this.destroy(this.#failed(thrown, thrown.isTooLarge ? 'rubbish' : undefined))
    }
  }

  #onHead(head: AnswerHead): boolean {
    if (this.#sent.length === 0) throw unasked()
    if (head.status < 200) return true
    this.#hasBegun = true
    const failure = this.#sent[0]?.judge(head)
    // How long the rest would take nobody knows.
    if (failure !== undefined) this.destroy(failure)
    return failure === undefined
  }

  #onBody(text: string, { isLast, keptFor = usuallyKept + margin }: AnswerHead): void {
    const exchange = this.#sent.shift()
    this.#hasBegun = false
    this.#isLast = isLast
    this.#usableUntil = Math.min(this.#parts.until, performance.now() + Math.min(keptFor, longestKept) - margin)
    exchange?.resolve(text)
    if (isLast) this.destroy(this.#failed(new Error('it has answered for the last time')))
  }

  #free(): void {
    if (!this.#reader.isBetween) throw unasked()
    this.#parts.onFree(this)
  }

  #onEnd(cause: Error | undefined): void {
    // Ended by us, in the middle of an answer as it may be: that is not its end.
    if (this.#isOver) return
    if (cause === undefined) this.#reader.end()
    const isNone = cause !== undefined && isUnreached(cause)
    this.destroy(this.#failed(cause ?? new Error('the connection was closed'), isNone ? 'unreached' : undefined))
  }

  #failed(cause: Error, kind: FailureKind = this.#hasBegun ? 'broken off' : 'lost'): LinkFailure {
    return new LinkFailure(kind, cause.message, { cause })
  }
}

function unasked(): UnreadableAnswer {
  return new UnreadableAnswer('it answers what was not asked')
}
