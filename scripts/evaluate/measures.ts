import type { Trial } from './trials.ts'

/** What was answered to a trial, best first, and in how many milliseconds. */
export interface Answered {
  readonly trial: Trial
  readonly found: readonly string[]
  readonly milliseconds: number
}

/** A mean over the trials, with what it lies between in 95 of 100 samples. */
export interface Estimate {
  readonly mean: number
  readonly low: number
  readonly high: number
}

export interface Accuracy {
  readonly recall: Estimate
  readonly hitRate: Estimate
  readonly ndcg: Estimate
  readonly mrr: Estimate
}

export function accuracyAt(limit: number, answers: readonly Answered[]): Accuracy {
  const each = (measure: (hits: readonly boolean[], hidden: number) => number) =>
    estimateOf(
      answers.map(({ trial, found }) => {
        const hits = found.slice(0, limit).map((id) => trial.hidden.has(id))
        return measure(hits, trial.hidden.size)
      }),
    )
  return {
    recall: each((hits, hidden) => hits.filter(Boolean).length / hidden),
    hitRate: each((hits) => Number(hits.includes(true))),
    ndcg: each((hits, hidden) => gainOf(hits) / gainOf(Array.from({ length: Math.min(limit, hidden) }, () => true))),
    mrr: each((hits) => (hits.includes(true) ? 1 / (hits.indexOf(true) + 1) : 0)),
  }
}

function gainOf(hits: readonly boolean[]): number {
  return hits.reduce((sum, hit, place) => sum + Number(hit) / Math.log2(place + 2), 0)
}

const resamples = 500

/** The percentile bootstrap (B. Efron, "Bootstrap methods: another look at the jackknife", 1979), the same each time. */
function estimateOf(values: readonly number[]): Estimate {
  const next = chance(1)
  const means = Array.from({ length: resamples }, () => meanOf(values.map(() => values[next(values.length)] ?? 0)))
  const sorted = means.toSorted((left, right) => left - right)
  return { mean: meanOf(values), low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) }
}

/** Small numbers that look random and are the same at every run (Lehmer's generator). */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

export interface Character {
  /** The share of the products that is recommended at all. */
  readonly coverage: number
  /** How unlike each other the products of one list are: 1 less the mean share of the words that two names have in common. */
  readonly diversity: number
  /** In bits: how surprising it is that a basket holds what is recommended. */
  readonly novelty: number
  readonly p50: number
  readonly p95: number
}

export interface Catalogue {
  readonly productCount: number
  likeness(one: string, other: string): number
  /** The share of the baskets that hold it. */
  shareOf(product: string): number
}

export function characterOf(answers: readonly Answered[], { productCount, likeness, shareOf }: Catalogue): Character {
  const lists = answers.map(({ found }) => found.slice(0, 10)).filter(({ length }) => length > 1)
  const times = answers.map(({ milliseconds }) => milliseconds).toSorted((left, right) => left - right)
  const unlike = (list: readonly string[]) =>
    meanOf(list.flatMap((one, place) => list.slice(place + 1).map((other) => 1 - likeness(one, other))))
  return {
    coverage: new Set(lists.flat()).size / productCount,
    diversity: meanOf(lists.map(unlike)),
    novelty: meanOf(lists.flat().map((product) => -Math.log2(shareOf(product)))),
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
