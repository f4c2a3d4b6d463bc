import { setMaxListeners } from 'node:events'

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
export function withinDeadline<Result>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) throw asError(signal.reason)
    const limit = new AbortController()
    const timer = setTimeout(() => callOff(new DeadlinePassed(milliseconds)), milliseconds)
    const stopListening = signal && onAbort(signal, () => callOff(signal.reason))

    function callOff(reason: unknown): void {
      limit.abort(reason)
      fail(asError(reason))
    }

    function stop(): void {
      clearTimeout(timer)
      stopListening?.()
    }

    function fail(thrown: unknown): void {
      stop()
      reject(asError(thrown))
    }

    begun(() => work(limit.signal)).then((result) => {
      stop()
      resolve(result)
    }, fail)
  })
}

/** Work may fail before it waits for anything. */
function begun<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return work()
  } catch (thrown) {
    return Promise.reject(asError(thrown))
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
export async function unlessAborted<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  if (signal.aborted) throw asError(signal.reason)
  let stopListening: (() => void) | undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    stopListening = onAbort(signal, () => reject(asError(signal.reason)))
  })
  try {
    return await Promise.race([work(), aborted])
  } finally {
    stopListening?.()
  }
}

/** Signals that any number may listen to already: setting it costs as much as the rest of a deadline. */
const unlimited = new WeakSet<AbortSignal>()

/** Returns how to stop listening. As many as wait may listen to one signal: each stops by itself, so none is a leak. */
function onAbort(signal: AbortSignal, listener: () => void): () => void {
  if (!unlimited.has(signal)) setMaxListeners(0, signal)
  unlimited.add(signal)
  signal.addEventListener('abort', listener, { once: true })
  return () => signal.removeEventListener('abort', listener)
}
