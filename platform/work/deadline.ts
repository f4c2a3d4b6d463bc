import { setMaxListeners } from 'node:events'

import { asError } from '../errors.ts'
import { Cancellation } from './cancellation.ts'

/** The time that was given has passed. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed'

  constructor(milliseconds: number) {
    super(`not done within ${milliseconds} ms`)
  }
}

/** Whoever may call the work off. */
type Caller = Pick<Cancellation, 'reason' | 'listen' | 'forget'>

/**
 * Gives the work so many milliseconds. It is called off when they have passed, or when the caller calls it off, so that it can stop; work
 * that overlooks that is not waited for either.
 * @throws DeadlinePassed when the time has passed first; the caller's reason when it was called off first
 */
export function withinTime<Result>(
  milliseconds: number,
  work: (cancellation: Cancellation) => Promise<Result>,
  caller?: Caller,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (caller?.reason !== undefined) throw caller.reason
    const own = new Cancellation()
    const timer = setTimeout(() => callOff(new DeadlinePassed(milliseconds)), milliseconds)
    caller?.listen(callOff)

    function callOff(reason: Error): void {
      own.cancel(reason)
      fail(reason)
    }

    function stop(): void {
      clearTimeout(timer)
      caller?.forget(callOff)
    }

    function fail(thrown: unknown): void {
      stop()
      reject(asError(thrown))
    }

    begun(() => work(own)).then((result) => {
      stop()
      resolve(result)
    }, fail)
  })
}

/** As `withinTime`, by signals. */
export function withinDeadline<Result>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  return withinTime(milliseconds, (cancellation) => work(cancellation.signal), signal && callerBy(signal))
}

function callerBy(signal: AbortSignal): Caller {
  let stop: (() => void) | undefined
  return {
    reason: signal.aborted ? asError(signal.reason) : undefined,
    listen: (listener) => (stop = onAbort(signal, () => listener(asError(signal.reason)))),
    forget: () => stop?.(),
  }
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

/** As `unlessAborted`, by a cancellation. */
export function unlessCancelled<Result>(work: () => Promise<Result>, caller: Caller): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (caller.reason !== undefined) throw caller.reason
    const stop = () => caller.forget(reject)
    caller.listen(reject)
    void begun(work).then(resolve, reject).finally(stop)
  })
}

/**
 * Does the work, and rejects with the signal's reason as soon as that is aborted: what goes on behind it is left to itself.
 * Nothing is begun when it has been aborted already.
 */
export function unlessAborted<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  return unlessCancelled(work, callerBy(signal))
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
