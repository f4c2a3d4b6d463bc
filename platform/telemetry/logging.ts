import { destination, pino, stdTimeFunctions, type Logger } from 'pino'

import { redacted, redactedPaths } from './redaction.ts'
import { currentTraceId } from './trace.ts'

export type { Logger }

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** One JSON object a line, on standard error, so that standard output stays for people. */
export function createLogger(level: (typeof logLevels)[number]): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => ({ traceId: currentTraceId() }),
      serializers: { err: described },
      redact: { paths: [...redactedPaths], censor: redacted },
    },
    destination({ dest: 2, sync: false }),
  )
}

/** Of an error, what can be read: libraries hang whole connections and requests on theirs. */
function described(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown
  const details = Object.entries(thrown).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
  const cause = thrown.cause === undefined ? {} : { cause: described(thrown.cause) }
  const errors = thrown instanceof AggregateError ? { errors: thrown.errors.map(described) } : {}
  const { name: type, message, stack } = thrown
  return { type, message, stack, ...Object.fromEntries(details), ...cause, ...errors }
}
