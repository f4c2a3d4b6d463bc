import { asError, StoreUnavailable } from '../errors.ts'

/** What a server answers that cannot serve just now. Any other answer is a fault of ours, and stays what it is. */
const answers = [
  'LOADING',
  'CLUSTERDOWN',
  'MASTERDOWN',
  'TRYAGAIN',
  'MOVED',
  'ASK',
  'READONLY',
  'NOREPLICAS',
  'BUSY',
  // The disk or the memory is full: it still reads.
  'MISCONF',
  'OOM',
]

/** Does `work`, and shows by its error whether Redis did not answer, or could not serve. @throws StoreUnavailable */
export async function answered<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (thrown) {
    throw isUnavailable(asError(thrown)) ? new StoreUnavailable({ cause: thrown }) : thrown
  }
}

export function hasTimedOut(thrown: unknown): boolean {
  return thrown instanceof StoreUnavailable && asError(thrown.cause).message === 'Command timed out'
}

/** All but what the server has refused, and what is wrong in our own code, comes of the connection. */
function isUnavailable(error: Error): boolean {
  if (error.name === 'ReplyError') return answers.some((answer) => error.message.startsWith(answer))
  return !(error instanceof TypeError || error instanceof RangeError || error instanceof StoreUnavailable)
}
