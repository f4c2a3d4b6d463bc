/** A product's number or id: one kind throughout a list. */
export type ProductKey = number | string

export interface Scored<Key extends ProductKey> {
  readonly product: Key
  readonly score: number
}

/** Higher scores first; equal ones by product, so that the same evidence always gives the same list. */
export function bestFirst(left: Scored<ProductKey>, right: Scored<ProductKey>): number {
  if (left.score !== right.score) return right.score - left.score
  if (left.product === right.product) return 0
  return left.product < right.product ? -1 : 1
}

/** Keeps the best of a great many candidates without sorting them all. */
export interface Shortlist<Candidate> {
  /** What scores less cannot enter: whoever knows spares itself making the candidate. */
  threshold(): number
  offer(candidate: Candidate): void
  /** In the order of `bestFirst`. */
  best(): readonly Candidate[]
}

/** Inserts into a short sorted array, as only a few of the candidates ever get that far. */
export function shortlist<Candidate extends Scored<ProductKey>>(limit: number): Shortlist<Candidate> {
  const kept: Candidate[] = []
  let threshold = Number.NEGATIVE_INFINITY

  return {
    threshold: () => threshold,
    offer(candidate) {
      kept.splice(placeOf(candidate, kept), 0, candidate)
      if (kept.length > limit) kept.pop()
      if (kept.length === limit) threshold = kept.at(-1)?.score ?? threshold
    },
    best: () => kept,
  }
}

/** Found by halving what may still lie behind the candidate. */
function placeOf<Candidate extends Scored<ProductKey>>(candidate: Candidate, kept: readonly Candidate[]): number {
  let low = 0
  let high = kept.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const entry = kept[middle]
    if (entry !== undefined && bestFirst(candidate, entry) < 0) high = middle
    else low = middle + 1
  }
  return low
}
