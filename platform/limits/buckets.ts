/** A bucket holds so many tokens at the most; an empty one fills evenly, and is full after `fillsIn` milliseconds. */
export interface BucketPolicy {
  readonly capacity: number
  readonly fillsIn: number
}

/** What came of asking a bucket for tokens. Times are in milliseconds from now. */
export interface Taken {
  /** Whether the tokens were there; where they were not, none was taken. */
  readonly granted: boolean
  /** Whole tokens that are left. */
  readonly left: number
  /** When as many are there as were asked for; 0 where they were granted. */
  readonly wait: number
  /** When the bucket is full again. */
  readonly fullIn: number
}

/** A bucket of tokens for each key. */
export interface Buckets {
  /** @param tokens as many as the whole bucket holds are enough for anything: what costs more is only let in more seldom */
  take(key: string, tokens: number): Promise<Taken>
}

/** Makes the buckets of `name`, apart from all others. */
export type LimitRate = (name: string, policy: BucketPolicy) => Buckets

/** Milliseconds that are too little to tell apart: sums of fractions are not exact. */
const grain = 0.001

/**
 * Takes tokens from a bucket of which all that is kept is when it will be full again: what is missing is the time until
 * then. A bucket that is not kept is full.
 * @param fullAt the moment, in milliseconds of the same clock as `now`
 */
export function takeFrom(
  fullAt: number,
  { tokens, now, policy }: { readonly tokens: number; readonly now: number; readonly policy: BucketPolicy },
): { readonly taken: Taken; readonly fullAt: number } {
  const { capacity, fillsIn } = policy
  const each = fillsIn / capacity
  // A clock that was set back must not make a bucket emptier than empty.
  const missing = Math.min(Math.max(fullAt - now, 0), fillsIn)
  const wanted = missing + Math.min(tokens, capacity) * each
  const granted = wanted <= fillsIn + grain
  const fullIn = granted ? wanted : missing
  return {
    taken: {
      granted,
      left: Math.max(0, Math.floor((fillsIn - fullIn + grain) / each)),
      wait: granted ? 0 : wanted - fillsIn,
      fullIn,
    },
    fullAt: now + fullIn,
  }
}
