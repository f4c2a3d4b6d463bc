import { StoreUnavailable } from '../errors.ts'

/** Of the system, of undici, of PostgreSQL, of NATS: there is no connection, none any more, or no answer in time. */
const codes: ReadonlySet<unknown> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_CLOSED', 'UND_ERR_DESTROYED'],
  ...['57P01', '57P02', '57P03'],
  ...['CONNECTION_REFUSED', 'CONNECTION_CLOSED', 'DISCONNECT', 'TIMEOUT', '503'],
])

/** Of ours, some of which lie above this folder, and of MongoDB's driver. */
const names: ReadonlySet<string> = new Set([
  ...['LinkFailure', 'DeadlinePassed', 'AnswerLost'],
  ...['MongoNetworkError', 'MongoServerSelectionError', 'MongoOperationTimeoutError'],
])

/** What drivers throw with neither. */
const messages = [
  'Connection terminated',
  'Connection is closed',
  'Command timed out',
  'Redis is away',
  "Stream isn't writeable",
]

/**
 * Whether the error means that a service is away, or late. That is to be expected of whatever runs apart, and the place in the
 * code where it showed helps nobody.
 */
export function isOutage(error: Error): boolean {
  if (error instanceof StoreUnavailable || names.has(error.name)) return true
  if (error instanceof AggregateError) return error.errors.every((one) => one instanceof Error && isOutage(one))
  return ('code' in error && codes.has(error.code)) || messages.some((message) => error.message.startsWith(message))
}
