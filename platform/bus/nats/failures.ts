import { NatsError } from 'nats'

/** JetStream's own numbers for what can be told apart by the caller. */
const notFound = new Set([10037, 10014, 10059, 10043])
const wrongLastSequence = new Set([10071, 10164])

/** There is no such message, consumer or stream. */
export function isNotFound(thrown: unknown): boolean {
  return hasNumber(thrown, notFound)
}

/** Somebody else wrote to the subject since it was read. */
export function isOvertaken(thrown: unknown): boolean {
  return hasNumber(thrown, wrongLastSequence)
}

/** The server is away, busy electing a leader, or slow: the same request may succeed later. */
export function mayPass(thrown: unknown): boolean {
  if (!(thrown instanceof NatsError) || thrown.permissionContext !== undefined) return false
  const status = thrown.api_error?.code
  return status === undefined ? passing.has(thrown.code) : status === 503 || status === 500
}

const passing = new Set(['TIMEOUT', '503', 'DISCONNECT', 'CONNECTION_REFUSED', 'REQUEST_ERROR'])

function hasNumber(thrown: unknown, numbers: ReadonlySet<number>): boolean {
  return thrown instanceof NatsError && numbers.has(thrown.api_error?.err_code ?? 0)
}

interface Patience {
  /** Milliseconds after which no further attempt is begun. */
  readonly within: number
}

const firstPause = 20
const longestPause = 500

/** Asks again while the server is away. @throws what the last attempt threw */
export async function throughOutages<Result>(attempt: () => Promise<Result>, { within }: Patience): Promise<Result> {
  const deadline = performance.now() + within
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    try {
      return await attempt()
    } catch (thrown) {
      if (!mayPass(thrown) || performance.now() + pause > deadline) throw thrown
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}
