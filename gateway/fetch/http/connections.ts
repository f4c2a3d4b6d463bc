import { Pool } from 'undici'

import { idleConnectionsKept } from '../../../platform/subgraph/http.ts'
import { spreadingLookup } from './lookup.ts'
import { largestAnswer } from './read-answer.ts'

/** Kept-alive connections to one origin, none of which grows old. */
export interface Connections {
  /** What the next request goes over. */
  current(): Pool
  /** Ends what is still asked, too. */
  close(): Promise<void>
}

const options: Pool.Options = {
  /** More than a gateway has in hand for one subgraph; what is beyond waits within its deadline. */
  connections: 64,
  /** One request a connection at a time: behind one that hangs nothing else waits. */
  pipelining: 1,
  /** Milliseconds that an idle connection is kept; shorter than the subgraph keeps it, as it says itself. */
  keepAliveTimeout: 4_000,
  keepAliveMaxTimeout: idleConnectionsKept,
  keepAliveTimeoutThreshold: 2_000,
  connect: { timeout: 1_000, lookup: spreadingLookup },
  /** The signal that comes with each request is the one clock. */
  headersTimeout: 0,
  bodyTimeout: 0,
  maxResponseSize: largestAnswer,
}

/** Milliseconds after which all connections are made anew: replicas that came since get their share. */
const usualLifetime = 30_000

/**
 * The pool is replaced as a whole, and the old one ends with what is asked on it. Its own `clientTtl` is not used: with a
 * limit of connections, all of which are too old, requests wait for ever (nodejs/undici#5144).
 */
export function connectionsTo(origin: string, lifetime = usualLifetime): Connections {
  let pool = new Pool(origin, options)
  let until = ageFrom(lifetime)
  const ending = new Set<Pool>()

  function replace(): void {
    const old = pool
    ending.add(old)
    old.close().then(
      () => ending.delete(old),
      () => ending.delete(old),
    )
    pool = new Pool(origin, options)
    until = ageFrom(lifetime)
  }

  return {
    current() {
      if (performance.now() >= until) replace()
      return pool
    },
    async close() {
      await Promise.all([pool, ...ending].map((one) => one.destroy()))
    },
  }
}

/** From half of it on, at random: gateways that were started together do not connect together for ever. */
function ageFrom(lifetime: number): number {
  return performance.now() + lifetime * (0.5 + Math.random() / 2)
}
