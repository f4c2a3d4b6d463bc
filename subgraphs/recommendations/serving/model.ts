import { historyOf, type BasketHistory } from '../domain/basket-history.ts'
import { configurations, type Configuration, type ConfigurationName } from '../domain/configurations.ts'
import { packRows } from '../domain/packed-rows.ts'
import { numberProducts, type ProductNumbering } from '../domain/product-numbering.ts'
import { noWeights, type EaseWeights } from '../domain/recommenders/ease/weights.ts'
import { keepLists } from './kept-lists.ts'
import type { LearntBasket, TrainedModel } from '../stores/store.ts'

/** What one process serves from: all of it in memory, and only from here. */
export interface Model {
  /** Of the training that it comes from; 0 where there was none. */
  readonly version: number
  readonly numbering: ProductNumbering
  readonly history: BasketHistory
  readonly weights: EaseWeights
  /** Made of this model once, since it keeps the room that it counts in. */
  configured(name: ConfigurationName): Configuration
  /** Baskets that were learnt already change nothing. */
  learn(baskets: readonly LearntBasket[]): void
  /** Where to look for what is not learnt yet. */
  unlearnt(): { readonly after: number; readonly without: readonly number[] }
  /** To be kept, with the weights that are trained on these baskets. */
  snapshot(): Omit<TrainedModel, 'weights'>
}

/**
 * Positions are given out before a transaction commits, so a lower one may appear after a higher one: one looks back over
 * so many. A transaction that stays open while more than these are learnt is learnt with the next model.
 */
const lookedBack = 500

const nothing: TrainedModel = {
  productIds: [],
  baskets: packRows([]),
  weights: noWeights,
  learntTo: 0,
  newestPositions: [],
}

export function modelOf(version = 0, stored: TrainedModel = nothing): Model {
  const { weights } = stored
  const numbering = numberProducts(stored.productIds)
  const history = historyOf(stored.baskets, numbering.count())
  let newest = stored.newestPositions
  let after = stored.learntTo

  function remember(positions: readonly number[]): void {
    const all = [...newest, ...positions].sort((left, right) => left - right)
    newest = all.slice(-lookedBack)
    after = all.at(-lookedBack - 1) ?? after
  }

  const configured = new Map<ConfigurationName, Configuration>()

  return {
    version,
    numbering,
    history,
    weights,
    configured(name) {
      const made = configured.get(name) ?? keepLists(configurations[name]({ history, weights }), history)
      configured.set(name, made)
      return made
    },
    learn(learnt) {
      const known = new Set(newest)
      const fresh = learnt.filter(({ position }) => position > after && !known.has(position))
      for (const { productIds: ids } of fresh) {
        if (ids.length > 0) history.add([...new Set(ids.map((id) => numbering.numberFor(id)))])
      }
      remember(fresh.map(({ position }) => position))
    },
    unlearnt: () => ({ after, without: newest }),
    snapshot: () => ({
      productIds: [...numbering.ids()],
      baskets: history.packed(),
      learntTo: after,
      newestPositions: newest,
    }),
  }
}
