import { asError, StoreUnavailable } from '../errors.ts'

/** Of PostgreSQL and of the network: no connection, none any more, or no answer in time. */
const codes = new Set([
  '08000', // connection_exception
  '08003', // connection_does_not_exist
  '08006', // connection_failure
  '53300', // too_many_connections
  '57014', // query_canceled: the statement took too long
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '57P05', // idle_session_timeout
  '25P03', // idle_in_transaction_session_timeout
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/** What the driver throws without a code. */
const messages = [
  'timeout exceeded when trying to connect',
  'Connection terminated',
  'timeout expired',
  'Query read timeout',
  'Client has encountered a connection error',
  'Client was closed',
]

/** Does `work`, and shows by its error whether the database did not answer. @throws StoreUnavailable */
export async function answered<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (thrown) {
    throw isUnavailable(thrown) ? new StoreUnavailable({ cause: thrown }) : thrown
  }
}

function isUnavailable(thrown: unknown): boolean {
  if (thrown instanceof AggregateError) return thrown.errors.some(isUnavailable)
  const error = asError(thrown)
  if ('code' in error && typeof error.code === 'string' && codes.has(error.code)) return true
  return messages.some((message) => error.message.startsWith(message))
}
