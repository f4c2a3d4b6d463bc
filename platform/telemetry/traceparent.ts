import { randomUUID } from 'node:crypto'

/** A W3C trace context header: `00-<trace id>-<span id>-<flags>`. */
export type Traceparent = string

const pattern = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/

/** Starts a trace, or goes on with the caller's when its header is well-formed. */
export function traceparentFrom(header: string | undefined): Traceparent {
  if (header !== undefined && pattern.test(header)) return header
  // Node has random UUIDs in store; bytes it asks the system for each time.
  return `00-${randomUUID().replaceAll('-', '')}-${randomUUID().replaceAll('-', '').slice(16)}-01`
}

/** The 32 hexadecimal digits that all work of one request shares. @param traceparent a well-formed one, as of `traceparentFrom` */
export function traceIdOf(traceparent: Traceparent | undefined): string | undefined {
  return traceparent === undefined ? undefined : traceparent.slice(3, 35)
}
