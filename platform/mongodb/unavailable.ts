import {
  MongoBulkWriteError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
} from 'mongodb'

import { StoreUnavailable } from '../errors.ts'

/** Of the server: it is ending, is no longer the primary, or took too long. */
const codes = new Set<unknown>([
  6, // HostUnreachable
  7, // HostNotFound
  50, // MaxTimeMSExpired
  64, // WriteConcernTimeout
  89, // NetworkTimeout
  91, // ShutdownInProgress
  189, // PrimarySteppedDown
  262, // ExceededTimeLimit
  9001, // SocketException
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
])

/** What the driver throws when there is no connection, none any more, or no answer in time. */
const ofTheDriver = [
  MongoNetworkError,
  MongoServerSelectionError,
  MongoOperationTimeoutError,
  MongoNotConnectedError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
]

/** Does `work`, and shows by its error whether the server did not answer. @throws StoreUnavailable */
export async function answered<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (thrown) {
    throw isUnavailable(thrown) ? new StoreUnavailable({ cause: thrown }) : thrown
  }
}

function isUnavailable(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false
  if (ofTheDriver.some((kind) => thrown instanceof kind)) return true
  // Written, perhaps, but not known to be kept: the majority, or the journal, did not answer.
  if (thrown instanceof MongoBulkWriteError && thrown.result.getWriteConcernError() !== undefined) return true
  if (!(thrown instanceof MongoServerError)) return isUnavailable(thrown.cause)
  // A bulk write calls whatever failed an error of the server, and keeps what it was.
  return codes.has(thrown.code) || isUnavailable(thrown.errorResponse)
}
