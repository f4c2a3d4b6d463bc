import { asError } from '../errors.ts'

type Listener = (reason: Error) => void

/**
 * Tells that nobody waits for something any more. An `AbortSignal` tells the same, and costs many times as much to make, to listen to and
 * to leave: each request of a client needs several. Who needs a signal gets one.
 */
export class Cancellation {
  #reason: Error | undefined
  #listeners: Set<Listener> | undefined
  #signal: AbortController | undefined

  /** Called off when the signal is aborted, which is to be gone as soon as the cancellation is. */
  static by(signal: AbortSignal): Cancellation {
    const cancellation = new Cancellation()
    const callOff = () => cancellation.cancel(asError(signal.reason))
    if (signal.aborted) callOff()
    else signal.addEventListener('abort', callOff, { once: true })
    return cancellation
  }

  /** Why it is called off; undefined as long as it is not. */
  get reason(): Error | undefined {
    return this.#reason
  }

  /** The same as a signal. */
  get signal(): AbortSignal {
    if (this.#signal === undefined) {
      this.#signal = new AbortController()
      if (this.#reason !== undefined) this.#signal.abort(this.#reason)
    }
    return this.#signal.signal
  }

  /** Calls it off; the first reason counts. */
  cancel(reason: Error): void {
    if (this.#reason !== undefined) return
    this.#reason = reason
    const listeners = this.#listeners
    this.#listeners = undefined
    this.#signal?.abort(reason)
    for (const listener of listeners ?? []) listener(reason)
  }

  /** Calls the listener when it is called off from now on. A listener throws nothing. */
  listen(listener: Listener): void {
    this.#listeners ??= new Set()
    this.#listeners.add(listener)
  }

  forget(listener: Listener): void {
    this.#listeners?.delete(listener)
  }

  throwIfCancelled(): void {
    if (this.#reason !== undefined) throw this.#reason
  }
}
