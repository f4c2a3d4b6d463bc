/** How many attempts a key has, and how long it pauses after them. Times are in milliseconds. */
export interface AttemptPolicy {
  /** Attempts that are followed by no pause. */
  readonly free: number
  /** Each further attempt is followed by a pause: the first of this length, each later one of twice the length before. */
  readonly firstPause: number
  readonly longestPause: number
  /** When the attempts of a key are forgotten, counted from the first of them. */
  readonly forgottenAfter: number
}

/** Whether an attempt may go on. */
export type Attempt =
  | { readonly kind: 'GRANTED'; /** Attempts of this key that count, this one among them. */ readonly count: number }
  /** It was not counted, so that whoever keeps trying does not lengthen the pause. */
  | { readonly kind: 'TOO_EARLY'; /** Milliseconds. */ readonly wait: number }

/**
 * Counts attempts by key. An attempt counts from its beginning, and not from its failure: else as many as come at once
 * would all be granted.
 */
export interface Attempts {
  /** @param free in place of the policy's, where this key deserves less */
  begin(key: string, free?: number): Promise<Attempt>
  /** Milliseconds of the pause that the key is in; 0 outside of one. Counts nothing. */
  pauseOf(key: string): Promise<number>
  /** Takes one attempt back, as if it had not been made. */
  forgive(key: string): Promise<void>
  forget(key: string): Promise<void>
}

/** Makes a counter of its own for `name`. */
export type LimitAttempts = (name: string, policy: AttemptPolicy) => Attempts

/** The pause that follows an attempt; 0 for a free one. */
export function pauseAfter(count: number, policy: AttemptPolicy): number {
  const paid = count - policy.free
  return paid <= 0 ? 0 : Math.min(policy.firstPause * 2 ** (paid - 1), policy.longestPause)
}
