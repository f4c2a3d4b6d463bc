import { destination, pino, stdTimeFunctions, type Logger } from 'pino'

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
      redact: {
        paths: [
          'password',
          'accessToken',
          'refreshToken',
          'paymentMethodToken',
          'address',
          'email',
          'authorization',
        ].flatMap((field) => [field, `*.${field}`]),
        censor: '[redacted]',
      },
    },
    destination({ dest: 2, sync: false }),
  )
}
