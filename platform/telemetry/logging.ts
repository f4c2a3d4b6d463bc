import { destination, pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino'

import { isOutage } from './outage.ts'
import { privateFields, redact, redacted, redactFields } from './redaction.ts'
import { currentTraceId } from './trace.ts'

export type { Logger }

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** One JSON object a line, on standard error, so that standard output stays for people. */
export function createLogger(
  level: (typeof logLevels)[number],
  stream: DestinationStream = destination({ dest: 2, sync: false }),
): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: redactFields },
      mixin: () => ({ traceId: currentTraceId() }),
      // What a child logger adds to each of its lines passes no formatter.
      redact: { paths: [...privateFields], censor: redacted },
      serializers: { err: (thrown: unknown) => redact(described(thrown)) },
    },
    stream,
  )
}

/** Of an error, what can be read: libraries hang whole connections and requests on theirs. Without a stack where `isOutage`. */
function described(thrown: unknown, isOf: { readonly outage: boolean } = { outage: false }): unknown {
  if (!(thrown instanceof Error)) return thrown
  const outage = isOf.outage || isOutage(thrown)
  const details = Object.entries(thrown).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
  const cause = thrown.cause === undefined ? {} : { cause: described(thrown.cause, { outage }) }
  const errors =
    thrown instanceof AggregateError ? { errors: thrown.errors.map((one) => described(one, { outage })) } : {}
  const { name: type, message, stack } = thrown
  return { type, message, ...(!outage && { stack }), ...Object.fromEntries(details), ...cause, ...errors }
}
