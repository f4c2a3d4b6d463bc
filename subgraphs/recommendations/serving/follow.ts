import type { Logger } from '../../../platform/telemetry/logging.ts'
import { repeatOnWake, type WakingLoop } from '../../../platform/work/loop.ts'
import type { RecommendationStore } from '../stores/store.ts'
import { modelOf, type Model } from './model.ts'

/** Baskets read at once: a year of the demo shop in four times. */
const page = 5_000

/** What this process serves from, and how it is kept current. */
export interface ServedModel {
  /** Ask anew for each request: another takes its place when one was trained. */
  current(): Model
  /** Resolves when it serves all that is known by then; then it follows what any replica learns, within a second. */
  follow(log: Logger): Promise<WakingLoop>
}

/**
 * Every replica learns each basket from the store, whoever has consumed the order, and takes a newly trained model when
 * that has caught up: in one assignment, so no answer is made of two models.
 */
export function servedModel(store: RecommendationStore): ServedModel {
  let current = modelOf()

  async function catchUp(): Promise<void> {
    const next = await newerThan(current.version, store)
    await learnAll(next ?? current, store)
    current = next ?? current
  }

  return {
    current: () => current,
    async follow(log) {
      await catchUp()
      return repeatOnWake({ name: 'following the model', log, sweepEvery: 1_000, turn: catchUp })
    },
  }
}

async function newerThan(version: number, store: RecommendationStore): Promise<Model | undefined> {
  const newest = await store.newestVersion()
  const trained = newest > version ? await store.readModel(newest) : undefined
  return trained && modelOf(newest, trained)
}

async function learnAll(model: Model, store: RecommendationStore): Promise<void> {
  for (let read = page; read === page;) {
    const { after, without } = model.unlearnt()
    const baskets = await store.basketsAfter(after, { without, limit: page })
    model.learn(baskets)
    read = baskets.length
  }
}
