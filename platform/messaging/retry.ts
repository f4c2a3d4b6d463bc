import { StoreUnavailable } from '../errors.ts'
import { UnparseableMessage } from './message.ts'

/** How long a failed handler is left alone before each further attempt, in milliseconds; then the message is a dead letter. */
export const retryPauses: readonly number[] = [1_000, 5_000, 30_000, 120_000, 600_000]

/** Milliseconds: what waits for a store that is away goes on so soon after it is back, at the latest. */
const longestOutagePause = 30_000

/** Another replica handles such messages: one of a newer release. */
export class NotHandledHere extends Error {
  override readonly name = 'NotHandledHere'
}

export interface Retry {
  /** Failed attempts so far, with the one that has just failed. */
  readonly attempts: number
  /** Milliseconds until the next; undefined when there is none, and the message becomes a dead letter. */
  readonly pause: number | undefined
}

/**
 * What becomes of a message after a failure. A store that is away is no fault of the message, nor is that it came to a replica that
 * does not know it: it is tried until that is mended, however long that takes, and has its last attempt left then.
 */
export function retryAfter(error: Error, attemptsBefore: number, pauses: readonly number[]): Retry {
  const attempts = attemptsBefore + 1
  if (error instanceof UnparseableMessage) return { attempts, pause: undefined }
  const isItsFault = !(error instanceof StoreUnavailable) && !(error instanceof NotHandledHere)
  if (isItsFault) return { attempts, pause: pauses[attemptsBefore] }
  const last = Math.max(0, pauses.length - 1)
  const pause = Math.min(pauses[Math.min(attemptsBefore, last)] ?? longestOutagePause, longestOutagePause)
  return { attempts: Math.min(attempts, last), pause }
}
