import type { BasketHistory } from './basket-history.ts'
import type { Reason } from './explain.ts'
import { basketNeighbours } from './recommenders/basket-neighbours.ts'
import { ease, type EaseWeights } from './recommenders/ease/weights.ts'
import { fusionOf } from './recommenders/fusion.ts'
import { popularity } from './recommenders/popularity.ts'
import type { Recommender } from './recommenders/recommender.ts'
import { shrunkCosine } from './recommenders/shrunk-cosine.ts'
import { withTrend } from './recommenders/trend.ts'

/** The places of the shop where something is recommended, each in the way that has proved best there. */
export interface Surfaces {
  /** Beside one product. */
  readonly page: Recommender
  /** Beside several. */
  readonly cart: Recommender
  /** For what was bought before. */
  readonly home: Recommender
  /** For nobody in particular. */
  readonly front: Recommender
}

export type Surface = keyof Surfaces

export interface Configuration extends Surfaces {
  /** Where a list is re-ranked for diversity: how much its scores still count, below 1. */
  readonly relevance: Readonly<Partial<Record<Surface, number>>>
}

export interface Learnt {
  readonly history: BasketHistory
  readonly weights: EaseWeights
}

/** Measured: `docs/recommendations.md`. Until something was trained, what needs no training stands in. */
function served({ history, weights }: Learnt): Configuration {
  const neighbours = basketNeighbours(history)
  const isTrained = weights.products.length > 0
  const trained = isTrained ? ease(history, weights) : shrunkCosine(history)
  const both = isTrained ? fusionOf(trained, neighbours) : neighbours
  return {
    page: both,
    cart: both,
    home: withTrend(trained, history),
    ...frontOf(history),
  }
}

/** For whom nothing is known of there is no other way than what most buy, whatever is served elsewhere. */
function frontOf(history: BasketHistory): Pick<Configuration, 'front' | 'relevance'> {
  // Who knows nothing of a shopper shows what there is: six bags are too many.
  return { front: popularity(history), relevance: { front: 0.9 } }
}

/** One way wherever there is something to go by, to be compared with what is served. */
function everywhere(recommender: Recommender, history: BasketHistory): Configuration {
  return { page: recommender, cart: recommender, home: recommender, ...frontOf(history) }
}

const diversity = ' + diversity'

/** What is served, re-ranked for diversity at home too, and named so: by their names the ways are compared. */
function diverse(learnt: Learnt): Configuration {
  const { home, ...others } = served(learnt)
  const renamed = { ...home, algorithm: `${home.algorithm}${diversity}` }
  return { ...others, home: renamed, relevance: { ...others.relevance, home: 0.9 } }
}

/** By these an experiment is set. */
export const configurationNames = [
  'served',
  'fusion',
  'ease',
  'basket-neighbours',
  'shrunk-cosine',
  'popularity',
  'diverse',
] as const
export type ConfigurationName = (typeof configurationNames)[number]

export const configurations: Readonly<Record<ConfigurationName, (learnt: Learnt) => Configuration>> = {
  served,
  diverse,
  fusion: ({ history, weights }) => everywhere(fusionOf(ease(history, weights), basketNeighbours(history)), history),
  ease: ({ history, weights }) => everywhere(ease(history, weights), history),
  'basket-neighbours': ({ history }) => everywhere(basketNeighbours(history), history),
  'shrunk-cosine': ({ history }) => everywhere(shrunkCosine(history), history),
  popularity: ({ history }) => everywhere(popularity(history), history),
}

export const textSimilarity = 'text-similarity'

/** Every name that a recommendation from baskets can bear as its algorithm. */
const algorithms: ReadonlySet<string> = new Set([
  'shrunk-cosine',
  'ease',
  'basket-neighbours',
  'ease + basket-neighbours',
  ...['ease + trend', 'shrunk-cosine + trend'].flatMap((name) => [name, `${name}${diversity}`]),
  'popularity',
])

/** Whether there is an algorithm of the name that recommends for such a reason. */
export function recommendsFor(reason: Reason, algorithm: string): boolean {
  if (reason === 'SIMILAR') return algorithm === textSimilarity
  return reason === 'POPULAR' ? algorithm === 'popularity' : algorithms.has(algorithm)
}
