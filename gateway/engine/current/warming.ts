import { setImmediate as turn, setTimeout as pass } from 'node:timers/promises'

import { asError } from '../../../platform/errors.ts'
import type { GatewayDependencies } from '../../dependencies.ts'
import type { Engine } from '../engine.ts'
import type { KnownOperation } from '../prepare/preparation.ts'
import type { Generation } from './generation.ts'

/** Operations of an old engine that a new one is warmed with at most, and for how many milliseconds: clients choose how many there are. */
const mostRecent = 500
const recentPatience = 5_000

interface WarmingParts extends Pick<GatewayDependencies, 'registered' | 'log'> {
  /** Calls it off: what has not been prepared then is prepared when it is asked for. */
  readonly signal: AbortSignal
}

export interface Warming {
  /** As fast as it goes: nobody is served yet. */
  withRegistered(first: Generation): Promise<void>
  /** With what the old one was asked last, too. The process goes on to serve that, and has half of the time for it. */
  beside(old: Generation, next: Generation): Promise<void>
}

/** Prepares operations before they are asked for. What cannot be prepared is no reason to serve nobody: neither rejects. */
export function warmingBy({ registered, log, signal }: WarmingParts): Warming {
  return {
    withRegistered: (first) => withRegistered(first, () => turn()),
    async beside(old, next) {
      await withRegistered(next, pass)
      await withRecent(next, old)
    },
  }

  async function withRegistered({ engine, id }: Generation, pause: Pause): Promise<void> {
    if (registered === undefined) return
    const begun = performance.now()
    try {
      const counts = await warmed(engine, await registered(), {
        ...{ signal, pause },
        onFailed: ({ operationName }, { message }) =>
          log.warn({ operationName, reason: message, supergraph: id }, 'a registered operation cannot be prepared'),
      })
      log.info({ ...counts, ...since(begun), supergraph: id }, 'registered operations are prepared')
    } catch (thrown) {
      log.error({ err: asError(thrown) }, 'registered operations cannot be read')
    }
  }

  async function withRecent({ engine, id }: Generation, old: Generation): Promise<void> {
    const begun = performance.now()
    const until = AbortSignal.any([signal, AbortSignal.timeout(recentPatience)])
    // What is not part of the new graph any more is no concern of the log.
    const counts = await warmed(engine, [...old.engine.recent()].slice(0, mostRecent), { signal: until, pause: pass })
    log.info({ ...counts, ...since(begun), supergraph: id }, 'what was asked last is prepared')
  }
}

/** @param taken milliseconds that the operation before took */
type Pause = (taken: number) => Promise<unknown>

interface WarmedParts {
  readonly signal: AbortSignal
  readonly pause: Pause
  onFailed?(operation: KnownOperation, error: Error): void
}

/** One operation after the other; between two of them the process does whatever else waits. */
async function warmed(
  engine: Pick<Engine, 'warm'>,
  operations: Iterable<KnownOperation>,
  { signal, pause, onFailed }: WarmedParts,
): Promise<{ readonly prepared: number; readonly failed: number }> {
  const counts = { prepared: 0, failed: 0 }
  let taken = 0
  for (const operation of operations) {
    await pause(taken)
    if (signal.aborted) break
    const begun = performance.now()
    try {
      engine.warm(operation)
      counts.prepared += 1
    } catch (thrown) {
      counts.failed += 1
      onFailed?.(operation, asError(thrown))
    }
    taken = performance.now() - begun
  }
  return counts
}

function since(begun: number): { readonly milliseconds: number } {
  return { milliseconds: Math.round(performance.now() - begun) }
}
