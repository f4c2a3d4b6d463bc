import { Caution } from './caution.ts'
import { Connection } from './connection.ts'
import type { Exchange } from './exchange.ts'
import type { Origin } from './wire.ts'

export interface ConnectionsParts {
  readonly origin: Origin
  /** Bytes of an answer at most. */
  readonly largest: number
  /** Milliseconds after which a connection is made anew: replicas that came since get their share. */
  readonly lifetime?: number
  /** Milliseconds that others wait behind an answer. */
  readonly patience?: number
}

/** More than a gateway has in hand for one subgraph; what is beyond waits within its deadline. */
const mostConnections = 64
/** Requests that are sent together over one connection. */
const mostShared = 8
const usualLifetime = 30_000
const usualPatience = 50
/** Milliseconds after which it is looked for connections that have been idle for too long. */
const tidying = 1_000

/**
 * Requests that are made while the same events are handled go out together, some over each connection: a call of the system for each
 * costs more than all else. Behind one that is not answered soon the others do not wait: they are sent again, apart.
 */
export class Connections {
  readonly #parts: ConnectionsParts
  readonly #open = new Set<Connection>()
  /** The one that was used last is the first to be used again, so that those that are too many are let go. */
  readonly #idle: Connection[] = []
  readonly #caution = new Caution()
  #waiting: Exchange[] = []
  #isSending = false
  #isClosed = false
  #watch: NodeJS.Timeout | undefined
  #tidy: NodeJS.Timeout | undefined

  constructor(parts: ConnectionsParts) {
    this.#parts = parts
  }

  send(exchange: Exchange): void {
    if (this.#isClosed) {
      exchange.reject(closed())
      return
    }
    this.#waiting.push(exchange)
    this.#sendSoon()
  }

  /** Nobody waits for it any more. */
  letGo(exchange: Exchange): void {
    const place = this.#waiting.indexOf(exchange)
    if (place >= 0) this.#waiting.splice(place, 1)
    exchange.at?.letGo(exchange)
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#watch)
    clearTimeout(this.#tidy)
    for (const connection of [...this.#open]) connection.destroy(closed())
    for (const exchange of this.#waiting.splice(0)) exchange.reject(closed())
  }

  #sendSoon(): void {
    if (this.#isSending || this.#waiting.length === 0) return
    this.#isSending = true
    // When all events that have come by now are handled.
    setImmediate(() => this.#sendWaiting())
  }

  #sendWaiting(): void {
    this.#isSending = false
    while (this.#waiting.length > 0) {
      const connection = this.#idleOne() ?? this.#newOne()
      if (connection === undefined) return
      connection.send(this.#nextGroup())
    }
  }

  /** What goes over one connection: one request, or several that may share it. */
  #nextGroup(): Exchange[] {
    const most = this.#caution.isOn(performance.now()) ? 1 : mostShared
    let count = 0
    while (count < most && this.#waiting[count]?.isShared === true) count += 1
    if (count > 1) this.#watchSoon()
    return this.#waiting.splice(0, Math.max(1, count))
  }

  #idleOne(): Connection | undefined {
    const now = performance.now()
    for (let last = this.#idle.pop(); last !== undefined; last = this.#idle.pop()) {
      if (last.usableUntil > now) return last
      last.destroy(unused())
    }
    return undefined
  }

  #newOne(): Connection | undefined {
    if (this.#open.size >= mostConnections) return undefined
    const { origin, largest, lifetime = usualLifetime } = this.#parts
    const connection = new Connection({
      ...{ origin, largest },
      // From half of it on, at random: what was opened together is not to end together for ever.
      until: performance.now() + lifetime * (0.5 + Math.random() / 2),
      onFree: (free) => {
        // Never twice: both would be used, and one of them would be left when it ends.
        if (!this.#idle.includes(free)) this.#idle.push(free)
        this.#tidySoon()
        this.#sendSoon()
      },
      onEnd: (ended, moved) => this.#remove(ended, moved),
    })
    this.#open.add(connection)
    return connection
  }

  #remove(ended: Connection, moved: readonly Exchange[]): void {
    this.#open.delete(ended)
    const place = this.#idle.indexOf(ended)
    if (place >= 0) this.#idle.splice(place, 1)
    this.#sendAgain(moved)
    this.#sendSoon()
  }

  /** Each by itself, and once: whatever has befallen it may be its own fault. */
  #sendAgain(moved: readonly Exchange[]): void {
    for (const exchange of moved) {
      exchange.at = undefined
      exchange.isShared = false
      exchange.mayMove = false
    }
    this.#waiting = [...moved, ...this.#waiting]
    if (!this.#isClosed) this.#sendSoon()
  }

  #watchSoon(): void {
    const { patience = usualPatience } = this.#parts
    // Behind what has come meanwhile: where this process was busy for so long, the answers may be there.
    this.#watch ??= setTimeout(() => setImmediate(() => this.#unblock(patience)), patience / 2).unref()
  }

  #unblock(patience: number): void {
    this.#watch = undefined
    const now = performance.now()
    for (const connection of this.#open) {
      if (!connection.isBlocked) continue
      this.#watchSoon()
      if (connection.waitedFor(now) < patience) continue
      this.#caution.begin(now)
      this.#sendAgain(connection.unblock())
    }
  }

  #tidySoon(): void {
    this.#tidy ??= setTimeout(() => this.#letGoOfIdle(), tidying).unref()
  }

  #letGoOfIdle(): void {
    this.#tidy = undefined
    const now = performance.now()
    for (const connection of [...this.#idle]) if (connection.usableUntil <= now) connection.destroy(unused())
    if (this.#idle.length > 0) this.#tidySoon()
  }
}

function unused(): Error {
  return new Error('it is not used any more')
}

function closed(): Error {
  return new Error('the connections to it are closed')
}
