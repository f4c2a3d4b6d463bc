import { repeatOnWake, type WakingLoop } from '../../../platform/work/loop.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import type { Database } from '../../../platform/messaging/database.ts'
import { similarityIndex } from '../domain/similar/similar.ts'
import type { RecommendationStore } from '../stores/store.ts'
import { compareOnThread } from '../worker/run.ts'

/** Beyond this many stale lists it is quicker to compute all of them, on a thread of their own. */
const fewStale = 200
const batchSize = 20
const savedAtOnce = 500

interface UpkeepParts {
  readonly database: Database<RecommendationStore>
  readonly niceness: number
  readonly log: Logger
}

/**
 * Computes the lists of similar products again that are out of date; each is saved in the transaction that takes its mark
 * away. Nobody wakes it: such a list may be a few seconds behind.
 */
export function keepListsFresh({ database, niceness, log }: UpkeepParts): WakingLoop {
  const stopping = new AbortController()

  async function computeAll(): Promise<void> {
    const { store } = database
    // Before what the lists are made of, so that whatever comes meanwhile leaves a mark of its own.
    const marks = await store.staleMarks()
    const lists = await compareOnThread(await store.allProducts(), { niceness, signal: stopping.signal })
    await database.transaction(async (transaction) => {
      await transaction.store.removeMarks(marks)
      for (const part of inParts(lists)) await transaction.store.saveSimilarLists(part)
    })
  }

  async function freshen(): Promise<void> {
    for (let taken = batchSize; taken === batchSize;) {
      taken = await database.transaction(async ({ store }) => {
        const ids = await store.takeStale(batchSize)
        if (ids.length > 0) await freshenLists(ids, store)
        return ids.length
      })
    }
  }

  /** How many were stale at the last look. */
  let staleBefore = 0

  const loop = repeatOnWake({
    name: 'upkeep of the lists of similar products',
    log,
    sweepEvery: 5_000,
    async turn() {
      const stale = await database.store.countStale()
      // While they still come in by the hundred, as in a seed, all would be computed more than once.
      const isPouring = stale - staleBefore > fewStale
      staleBefore = stale
      if (stale === 0 || isPouring) return
      if (stale > fewStale) await computeAll()
      else await freshen()
    },
  })
  return {
    ...loop,
    async stop() {
      // What is computed on a thread of its own is given up: the marks stay, for the next start.
      stopping.abort()
      await loop.stop()
    },
  }
}

async function freshenLists(ids: readonly string[], store: RecommendationStore): Promise<void> {
  const products = await store.allProducts()
  const wanted = new Set(ids)
  const index = similarityIndex(products)
  const lists = products
    .filter(({ id }) => wanted.has(id))
    .map((product) => ({
      product: product.id,
      similar: index.similarTo(product).flatMap(({ product: place, score }) => {
        const other = products[place]
        return other === undefined ? [] : [{ product: other.id, score }]
      }),
    }))
  await store.saveSimilarLists(lists)
}

function* inParts<Item>(items: Iterable<Item>): Generator<Item[]> {
  let part: Item[] = []
  for (const item of items) {
    part.push(item)
    if (part.length === savedAtOnce) {
      yield part
      part = []
    }
  }
  if (part.length > 0) yield part
}
