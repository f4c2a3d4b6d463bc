import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  type FailureReason,
} from 'cockatiel'

import { asError } from '../../../platform/errors.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import { traceIdOf, type Traceparent } from '../../../platform/telemetry/traceparent.ts'
import type { Cancellation } from '../../../platform/work/cancellation.ts'
import { DeadlinePassed, unlessCancelled, withinTime } from '../../../platform/work/deadline.ts'
import type { BreakerState } from '../../dependencies.ts'
import { LinkFailure } from '../link-failure.ts'

/** Leaves alone what has failed so often that asking it again only costs time, and tries it again after a while. */
export interface Breaker {
  readonly state: BreakerState
  /** @throws LinkFailure `left alone` at once while it is open, or somebody else's request is the trial */
  run<Result>(work: Work<Result>, guarded: Guarded): Promise<Result>
}

type Work<Result> = (cancellation: Cancellation) => Promise<Result>

interface Guarded {
  readonly cancellation: Cancellation
  /** Of the request that the work is done for: what comes of it is logged with that. */
  readonly traceparent: Traceparent | undefined
}

interface BreakerParts {
  /** Its lines name what it is of. */
  readonly log: Logger
  /** Milliseconds that a trial may take. */
  readonly patience: number
  /** Milliseconds of the first pause; each trial that fails makes it longer. */
  readonly firstPause?: number
}

/** Failures one after the other that open it. */
export const failuresToOpen = 5
const longestPause = 5_000

/** Only what says that the subgraph or the way to it does not work counts, never errors in an answer. */
export function breaker({ log, patience, firstPause = 500 }: BreakerParts): Breaker {
  const policy = circuitBreaker(handleWhen(counts), {
    breaker: new ConsecutiveBreaker(failuresToOpen),
    halfOpenAfter: new ExponentialBackoff({ initialDelay: firstPause, maxDelay: longestPause }),
  })
  const failures = new WeakMap<Error, Traceparent>()
  let trial: Traceparent | undefined
  /** Whether a failure has been counted since the last success. */
  let hasFailed = false
  policy.onBreak((reason) => {
    const err = reasonOf(reason)
    const traceId = traceIdOf(err && failures.get(err))
    log.warn({ breaker: 'open', err, traceId }, 'the circuit breaker has opened')
  })
  policy.onHalfOpen(() => {
    log.warn({ breaker: 'half-open', traceId: traceIdOf(trial) }, 'the circuit breaker lets one request try')
  })
  policy.onReset(() => log.warn({ breaker: 'closed', traceId: traceIdOf(trial) }, 'the circuit breaker has closed'))

  return {
    get state() {
      return stateNames[policy.state]
    },
    async run(work, guarded) {
      // The library would let the others wait for the trial, each as long as its deadline.
      if (policy.state === CircuitState.HalfOpen) throw leftAlone()
      guarded.cancellation.throwIfCancelled()
      return isClosed() ? counted(work, guarded) : tried(work, guarded)
    },
  }

  function isClosed(): boolean {
    return policy.state === CircuitState.Closed
  }

  /** What ends well after nothing but what ended well is nothing to count: the library's own way costs several promises. */
  async function counted<Result>(work: Work<Result>, { cancellation, traceparent }: Guarded): Promise<Result> {
    try {
      const result = await work(cancellation)
      if (!hasFailed || !isClosed()) return result
      hasFailed = false
      return await policy.execute(() => result)
    } catch (thrown) {
      const error = noted(thrown, traceparent)
      if (!counts(error) || !isClosed()) throw error
      hasFailed = true
      return policy.execute(() => Promise.reject(error))
    }
  }

  /** An open breaker runs nothing but a trial, and that only when its pause is over. */
  async function tried<Result>(work: Work<Result>, { cancellation, traceparent }: Guarded): Promise<Result> {
    trial = traceparent
    try {
      const noting = (thrown: unknown) => Promise.reject(noted(thrown, traceparent))
      const done = policy.execute(() => withinTime(patience, work).catch(noting))
      // It goes on when its client has gone: called off, it would say nothing of the subgraph.
      return await unlessCancelled(() => done, cancellation)
    } catch (thrown) {
      throw thrown instanceof BrokenCircuitError ? leftAlone(thrown) : thrown
    }
  }

  function noted(thrown: unknown, traceparent: Traceparent | undefined): Error {
    const error = asError(thrown)
    if (traceparent !== undefined) failures.set(error, traceparent)
    return error
  }
}

const stateNames: Readonly<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
}

function counts(error: Error): boolean {
  return error instanceof LinkFailure ? error.counts : error instanceof DeadlinePassed
}

function reasonOf(reason: FailureReason<unknown> | { isolated: true }): Error | undefined {
  return 'error' in reason ? asError(reason.error) : undefined
}

function leftAlone(cause?: Error): LinkFailure {
  return new LinkFailure('left alone', 'its circuit breaker is open', { cause })
}
