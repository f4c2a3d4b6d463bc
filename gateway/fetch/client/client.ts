import { asError } from '../../../platform/errors.ts'
import type { LinkFailure } from '../link-failure.ts'
import type { AnswerHead } from './answer-head.ts'
import { openConnection, type Connection } from './connection.ts'
import type { Exchange } from './exchange.ts'
import type { Origin } from './wire.ts'

/** Asks one server over connections that are kept. */
export interface Client {
  /**
   * Resolves to the text of the answer.
   * @param message a request as it is sent, its head included
   * @throws LinkFailure where there is no answer of use; the reason of the signal when that is aborted first
   */
  ask(message: string | Buffer, asking: Asking): Promise<string>
  /** Ends what is still asked, too. */
  close(): void
}

export interface Asking {
  readonly signal: AbortSignal
  /** Whether nothing is changed by it, so that it may share a connection, and be sent again when that is spoilt by others. */
  readonly isSafe: boolean
  /** Why an answer is not read; undefined where it is. */
  judge(head: Pick<AnswerHead, 'status' | 'type'>): LinkFailure | undefined
}

interface ClientParts {
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
/** Milliseconds for which a server that has kept others waiting is sent one request a connection. */
const caution = 10_000

/**
 * Requests that are made while the same events are handled go out together, some over each connection: a call of the system for each
 * request costs more than all else. Behind one that is not answered at once the others do not wait: they are sent again, apart.
 */
export function httpClient(parts: ClientParts): Client {
  const { origin, largest, lifetime = usualLifetime, patience = usualPatience } = parts
  const open = new Set<Connection>()
  /** The one that was used last is the first to be used again, so that those that are too many are let go. */
  const idle: Connection[] = []
  let waiting: Exchange[] = []
  let isSending = false
  let isClosed = false
  let cautiousUntil = 0
  let watch: NodeJS.Timeout | undefined
  let tidy: NodeJS.Timeout | undefined

  function sendSoon(): void {
    if (isSending) return
    isSending = true
    setImmediate(send)
  }

  function send(): void {
    isSending = false
    while (waiting.length > 0) {
      const connection = take()
      if (connection === undefined) return
      connection.send(nextGroup())
    }
  }

  /** What goes over one connection: one request, or several that may share it. */
  function nextGroup(): Exchange[] {
    const most = performance.now() < cautiousUntil ? 1 : mostShared
    let count = 1
    if (waiting[0]?.isShared === true) {
      while (count < most && waiting[count]?.isShared === true) count += 1
    }
    if (count > 1) watchSoon()
    return waiting.splice(0, count)
  }

  function take(): Connection | undefined {
    const now = performance.now()
    for (let last = idle.pop(); last !== undefined; last = idle.pop()) {
      if (last.usableUntil > now) return last
      last.destroy(unused())
    }
    if (open.size >= mostConnections) return undefined
    // From half of it on, at random: what was opened together is not to end together for ever.
    const until = now + lifetime * (0.5 + Math.random() / 2)
    const connection = openConnection({ origin, until, largest, onFree, onEnd })
    open.add(connection)
    return connection
  }

  function onFree(connection: Connection): void {
    idle.push(connection)
    tidySoon()
    if (waiting.length > 0) sendSoon()
  }

  function onEnd(connection: Connection, moved: readonly Exchange[]): void {
    open.delete(connection)
    const place = idle.indexOf(connection)
    if (place >= 0) idle.splice(place, 1)
    sendAgain(moved)
    if (waiting.length > 0) sendSoon()
  }

  /** Each by itself, and once: whatever has befallen it may be its own fault. */
  function sendAgain(moved: readonly Exchange[]): void {
    for (const exchange of moved) {
      exchange.at = undefined
      exchange.isShared = false
      exchange.mayMove = false
    }
    waiting = [...moved, ...waiting]
    if (moved.length > 0) sendSoon()
  }

  function watchSoon(): void {
    watch ??= setTimeout(unblock, patience / 2).unref()
  }

  function unblock(): void {
    watch = undefined
    const now = performance.now()
    for (const connection of open) {
      const { blockedSince } = connection
      if (blockedSince === undefined) continue
      watchSoon()
      if (now - blockedSince < patience) continue
      cautiousUntil = now + caution
      sendAgain(connection.unblock())
    }
  }

  function tidySoon(): void {
    tidy ??= setTimeout(letGoOfIdle, tidying).unref()
  }

  function letGoOfIdle(): void {
    tidy = undefined
    const now = performance.now()
    for (const connection of [...idle]) if (connection.usableUntil <= now) connection.destroy(unused())
    if (idle.length > 0) tidySoon()
  }

  return {
    ask: (message, { signal, isSafe, judge }) =>
      new Promise((resolve, reject) => {
        function callOff(): void {
          const place = waiting.indexOf(exchange)
          if (place >= 0) waiting.splice(place, 1)
          exchange.at?.letGo(exchange)
          reject(asError(signal.reason))
        }
        const exchange: Exchange = {
          ...{ message, judge, isShared: isSafe, mayMove: isSafe, at: undefined },
          resolve(text) {
            signal.removeEventListener('abort', callOff)
            resolve(text)
          },
          reject(failure) {
            signal.removeEventListener('abort', callOff)
            reject(failure)
          },
        }
        if (isClosed || signal.aborted) {
          reject(isClosed ? closed() : asError(signal.reason))
          return
        }
        signal.addEventListener('abort', callOff)
        waiting.push(exchange)
        sendSoon()
      }),
    close() {
      clearTimeout(watch)
      clearTimeout(tidy)
      isClosed = true
      for (const connection of [...open]) connection.destroy(closed())
      for (const exchange of waiting.splice(0)) exchange.reject(closed())
    },
  }
}

function unused(): Error {
  return new Error('it is not used any more')
}

function closed(): Error {
  return new Error('the connections to it are closed')
}
