import { NatsError } from 'nats'

import { StoreUnavailable } from '../../errors.ts'

/** JetStream's own numbers for what can be told apart by the caller. */
const notFound = new Set([10037, 10014, 10059, 10043])
const alreadyThere = new Set([10013, 10148])
const wrongLastSequence = new Set([10071, 10164])

/** There is no such message, consumer or stream. */
export function isNotFound(thrown: unknown): boolean {
  return hasNumber(thrown, notFound)
}

/** Such a consumer exists. */
export function isThere(thrown: unknown): boolean {
  return hasNumber(thrown, alreadyThere)
}

/** The user may not do that. */
export function isForbidden(thrown: unknown): boolean {
  return thrown instanceof NatsError && thrown.permissionContext !== undefined
}

/** Somebody else wrote to the subject since it was read. */
export function isOvertaken(thrown: unknown): boolean {
  return hasNumber(thrown, wrongLastSequence)
}

/** The connection broke while an answer was awaited: whether the request arrived is not known. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost'
}

/** The server is away, busy electing a leader, or slow: the same request may succeed later. */
function mayPass(thrown: unknown): boolean {
  if (thrown instanceof AnswerLost) return true
  if (!(thrown instanceof NatsError) || isForbidden(thrown)) return false
  const { api_error: answer } = thrown
  if (answer === undefined) return passing.has(thrown.code)
  return answer.code === 503 || answer.code === 500 || underWay.has(answer.err_code ?? 0)
}

/** The same message was sent before, and most of the copies of it are still to come. */
const underWay = new Set([10158])
const passing = new Set(['TIMEOUT', '503', 'DISCONNECT', 'CONNECTION_REFUSED', 'REQUEST_ERROR'])

function hasNumber(thrown: unknown, numbers: ReadonlySet<number>): boolean {
  return thrown instanceof NatsError && numbers.has(thrown.api_error?.err_code ?? 0)
}

/** Does `work` for somebody who waits for it. @throws StoreUnavailable when the server is away, or has no leader */
export async function answered<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (thrown) {
    throw mayPass(thrown) ? new StoreUnavailable({ cause: thrown }) : thrown
  }
}

interface Patience {
  /** Milliseconds after which no further attempt is begun. */
  readonly within: number
}

const firstPause = 20
const longestPause = 500

/** Tries again while the server is away. @throws what the last attempt threw */
export async function throughOutages<Result>(attempt: () => Promise<Result>, { within }: Patience): Promise<Result> {
  const deadline = performance.now() + within
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    try {
      return await attempt()
    } catch (thrown) {
      if (!mayPass(thrown) || performance.now() + pause > deadline) throw thrown
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}
