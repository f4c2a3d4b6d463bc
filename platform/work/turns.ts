import { retryWithin } from './retry.ts'

/** Work on one thing, one after the other; work on different things goes on side by side. */
export interface Turns {
  /**
   * Attempts when all that asked for this key before are through, and again as `retryWithin` does: another process may
   * write the same thing. The time limit begins with the turn, so nobody is refused for having stood in line.
   */
  take<Result>(key: string, attempt: () => Promise<Result | undefined>): Promise<Result | undefined>
}

/**
 * Lets the writers of one process never meet, so that many of them on one thing take as long as that many writes, and no
 * connection of the database is held by one that waits. A turn must not take another turn of the same key.
 */
export function createTurns(options: { readonly within?: number } = {}): Turns {
  const lastOf = new Map<string, Promise<unknown>>()

  return {
    async take(key, attempt) {
      const before = lastOf.get(key) ?? Promise.resolve()
      const turn = before.then(() => retryWithin(attempt, options))
      // Whoever comes next waits for the end, whatever it is.
      const ended = turn.then(nothing, nothing)
      lastOf.set(key, ended)
      try {
        return await turn
      } finally {
        if (lastOf.get(key) === ended) lastOf.delete(key)
      }
    },
  }
}

function nothing(): void {
  // The outcome belongs to who asked for the turn.
}
