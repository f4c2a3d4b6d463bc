import { asError } from '../errors.ts'

/** The time that was given has passed. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed'

  constructor(milliseconds: number) {
    super(`not done within ${milliseconds} ms`)
  }
}

/**
 * Gives the work so many milliseconds. Its signal is aborted when they have passed, or when the caller's `signal` is, so
 * that it can stop; work that overlooks the signal is not waited for either.
 * @throws DeadlinePassed when the time has passed first; the reason of `signal` when that was aborted first
 */
export async function withinDeadline<Result>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const limit = new AbortController()
  const abort = () => limit.abort(signal?.reason)
  if (signal?.aborted === true) abort()
  signal?.addEventListener('abort', abort)
  const timer = setTimeout(() => limit.abort(new DeadlinePassed(milliseconds)), milliseconds)
  try {
    return await unlessAborted(() => work(limit.signal), limit.signal)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

/** As `withinDeadline`, for what is done or not: whether it was done in time. */
export async function doneWithin(milliseconds: number, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await withinDeadline(milliseconds, work)
    return true
  } catch (thrown) {
    if (thrown instanceof DeadlinePassed) return false
    throw thrown
  }
}

/**
 * Does the work, and rejects with the signal's reason as soon as that is aborted: what goes on behind it is left to itself.
 * Nothing is begun when it has been aborted already.
 */
export function unlessAborted<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(asError(signal.reason))
    if (signal.aborted) {
      giveUp()
      return
    }
    signal.addEventListener('abort', giveUp, { once: true })
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', giveUp))
  })
}
