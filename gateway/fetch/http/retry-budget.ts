/** Says whether one more retry is affordable. */
export interface RetryBudget {
  /** A request was sent for the first time. */
  earn(): void
  /** Whether a retry may be made; it is spent then. */
  spend(): boolean
}

/** Retries a request. */
const share = 0.1
/** Retries that a quiet time saves up, and that there are in the beginning. */
const savedAtMost = 10

/**
 * A bucket of tokens that requests fill and retries empty: a subgraph in trouble gets a tenth more requests at most, however
 * many of them fail.
 */
export function retryBudget(): RetryBudget {
  let saved = savedAtMost
  return {
    earn() {
      saved = Math.min(savedAtMost, saved + share)
    },
    spend() {
      if (saved < 1) return false
      saved -= 1
      return true
    },
  }
}
