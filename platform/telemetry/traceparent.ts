import { randomFillSync } from 'node:crypto'

/** A W3C trace context header: `00-<trace id>-<span id>-<flags>`. */
export type Traceparent = string

const pattern = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/

/** Starts a trace, or goes on with the caller's when its header is well-formed. */
export function traceparentFrom(header: string | undefined): Traceparent {
  if (header !== undefined && pattern.test(header)) return header
  const ids = store.take()
  return `00-${ids.slice(0, 32)}-${ids.slice(32)}-01`
}

/** Bytes of the ids of a trace and of a span together. */
const idBytes = 24
const store = storeOfIds(256)

/** To ask the system for random bytes takes many times as long as to take some that are there. */
function storeOfIds(count: number): { take(): string } {
  const bytes = Buffer.alloc(count * idBytes)
  let next = bytes.length
  return {
    take() {
      if (next === bytes.length) {
        randomFillSync(bytes)
        next = 0
      }
      next += idBytes
      return bytes.toString('hex', next - idBytes, next)
    },
  }
}

/** The 32 hexadecimal digits that all work of one request shares. @param traceparent a well-formed one, as of `traceparentFrom` */
export function traceIdOf(traceparent: Traceparent | undefined): string | undefined {
  return traceparent === undefined ? undefined : traceparent.slice(3, 35)
}
