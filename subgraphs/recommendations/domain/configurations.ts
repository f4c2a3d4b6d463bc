import type { BasketHistory } from './basket-history.ts'
import { basketNeighbours } from './recommenders/basket-neighbours.ts'
import { ease, type EaseWeights } from './recommenders/ease/weights.ts'
import { fusionOf } from './recommenders/fusion.ts'
import { popularity } from './recommenders/popularity.ts'
import type { Recommender } from './recommenders/recommender.ts'
import { shrunkCosine } from './recommenders/shrunk-cosine.ts'

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

export interface Learnt {
  readonly history: BasketHistory
  readonly weights: EaseWeights
}

/** Measured: `docs/recommendations.md`. Until something was trained, what needs no training stands in. */
function served({ history, weights }: Learnt): Surfaces {
  const page = shrunkCosine(history)
  const isTrained = weights.products.length > 0
  const neighbours = basketNeighbours(history)
  return {
    page,
    cart: isTrained ? fusionOf(ease(history, weights), neighbours) : neighbours,
    home: isTrained ? ease(history, weights) : page,
    front: popularity(history),
  }
}

/** One way at every place, to be compared with what is served. */
function everywhere(recommender: Recommender): Surfaces {
  return { page: recommender, cart: recommender, home: recommender, front: recommender }
}

/** By these an experiment is set. */
export const configurationNames = ['served', 'shrunk-cosine', 'basket-neighbours', 'ease', 'popularity'] as const
export type ConfigurationName = (typeof configurationNames)[number]

export const configurations: Readonly<Record<ConfigurationName, (learnt: Learnt) => Surfaces>> = {
  served,
  'shrunk-cosine': ({ history }) => everywhere(shrunkCosine(history)),
  'basket-neighbours': ({ history }) => everywhere(basketNeighbours(history)),
  ease: ({ history, weights }) => everywhere(ease(history, weights)),
  popularity: ({ history }) => everywhere(popularity(history)),
}

/** Every name that a recommendation can bear as its algorithm. */
const algorithms: ReadonlySet<string> = new Set([
  'shrunk-cosine',
  'ease',
  'basket-neighbours',
  'ease + basket-neighbours',
  'popularity',
  'text-similarity',
])

export function isAlgorithm(name: string): boolean {
  return algorithms.has(name)
}
