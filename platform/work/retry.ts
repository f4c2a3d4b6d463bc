/** What a retry needs of the world; tests hand in their own. */
interface RetryOptions {
  /** Milliseconds after which no further attempt is begun. */
  readonly within?: number
  readonly random?: () => number
}

/** Less than the gateway waits for a subgraph, so that a client reads the refusal and not a timeout. */
const usualTimeLimit = 2_000
const shortestPause = 4
const longestPause = 100

/**
 * Attempts until something else than undefined comes of it, for writes that name the version they have read: undefined
 * says that another writer was faster. The pauses grow and are random, so that the writers who met once do not meet
 * again. Undefined at the end of the time limit: the caller refuses with CONFLICT.
 */
export async function retryWithin<Result>(
  attempt: () => Promise<Result | undefined>,
  { within = usualTimeLimit, random = Math.random }: RetryOptions = {},
): Promise<Result | undefined> {
  const deadline = performance.now() + within
  for (let most = shortestPause; ; most = Math.min(most * 2, longestPause)) {
    const result = await attempt()
    if (result !== undefined) return result
    const pause = random() * most
    if (performance.now() + pause > deadline) return undefined
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
