import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'

/** A W3C trace context header: `00-<trace id>-<span id>-<flags>`. */
export type Traceparent = string

const current = new AsyncLocalStorage<Traceparent | undefined>()
const traceparentPattern = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/

/** Starts a trace, or goes on with the caller's when its header is well-formed. */
export function traceparentFrom(header: string | undefined): Traceparent {
  if (header !== undefined && traceparentPattern.test(header)) return header
  // Node has random UUIDs in store; bytes it asks the system for each time.
  return `00-${randomUUID().replaceAll('-', '')}-${randomUUID().replaceAll('-', '').slice(16)}-01`
}

/** Runs `work`, and all it awaits, as part of the trace. */
export function inTrace<Result>(traceparent: Traceparent, work: () => Result): Result {
  return current.run(traceparent, work)
}

/** Runs work that belongs to nobody's request, whoever has set it off. */
export function inNoTrace<Result>(work: () => Result): Result {
  return current.run(undefined, work)
}

export function currentTraceparent(): Traceparent | undefined {
  return current.getStore()
}

/** The 32 hexadecimal digits that all work of one request shares. */
export function currentTraceId(): string | undefined {
  return traceIdOf(current.getStore())
}

export function traceIdOf(traceparent: Traceparent | undefined): string | undefined {
  return traceparent === undefined ? undefined : traceparentPattern.exec(traceparent)?.[1]
}
