import { repeatOnWake, type WakingLoop } from '../../platform/work/loop.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import type { Database } from '../../platform/messaging/database.ts'
import { neighboursOf } from './domain/co-purchase.ts'
import { popularProducts, popularWindow } from './domain/popular.ts'
import { namedLists } from './domain/co-purchase-lists.ts'
import { namedSimilarLists } from './domain/similar/similar-lists.ts'
import { similarityIndex } from './domain/similar/similar.ts'
import type { ListKind, RecommendationStore } from './stores/store.ts'
import { computeLists } from './worker/run.ts'

/** Beyond this many stale lists it is quicker to compute all of them, on a thread of their own. */
const fewStale = 200
const batchSize = 20
/** More popular products than anybody asks for, since some are sold out. */
const popularKept = 300
const savedAtOnce = 500

interface UpkeepParts {
  readonly database: Database<RecommendationStore>
  readonly log: Logger
}

/**
 * Computes the lists again that are out of date; each is saved in the transaction that takes its mark away. Nobody wakes
 * it: a list may be a few seconds behind, and a busy shop must not spend its time on them.
 */
export function keepListsFresh({ database, log }: UpkeepParts): WakingLoop {
  const stopping = new AbortController()

  async function computeAll(): Promise<void> {
    const store = database.store
    // Before what the lists are made of, so that whatever comes meanwhile leaves a mark of its own.
    const marks = await store.staleMarks()
    const [baskets, products] = await Promise.all([store.baskets(), store.allProducts()])
    const { numbering, ...lists } = await computeLists({ baskets, products, signal: stopping.signal })
    await database.transaction(async (transaction) => {
      const writing = transaction.store
      await writing.removeMarks(marks)
      for (const part of inParts(namedLists(lists.coPurchase, numbering))) await writing.saveCoPurchaseLists(part)
      for (const part of inParts(namedSimilarLists(lists.similar, numbering))) await writing.saveSimilarLists(part)
    })
  }

  async function freshen(
    kind: ListKind,
    compute: (ids: string[], store: RecommendationStore) => Promise<void>,
  ): Promise<void> {
    for (let taken = batchSize; taken === batchSize;) {
      taken = await database.transaction(async (transaction) => {
        const { store } = transaction
        const ids = await store.takeStale(kind, batchSize)
        if (ids.length > 0) await compute(ids, store)
        return ids.length
      })
    }
  }

  /** How many were stale at the last look. */
  let staleBefore = 0

  const loop = repeatOnWake({
    name: 'upkeep of the recommendation lists',
    log,
    sweepEvery: 5_000,
    async turn() {
      const store = database.store
      const [coPurchases, similar] = [await store.countStale('CO_PURCHASE'), await store.countStale('SIMILAR')]
      const stale = coPurchases + similar
      // While they still come in by the hundred, as in a seed, all would be computed more than once.
      const isPouring = stale - staleBefore > fewStale
      staleBefore = stale
      if (stale === 0 || isPouring) return
      if (stale > fewStale) await computeAll()
      else {
        await freshen('CO_PURCHASE', freshenCoPurchases)
        await freshen('SIMILAR', freshenSimilar)
      }
      if (coPurchases > 0) await freshenPopular(store)
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

async function freshenCoPurchases(ids: readonly string[], store: RecommendationStore): Promise<void> {
  const lists = []
  for (const product of ids) {
    const baskets = await store.basketsWith(product)
    const counts = await store.basketCounts([...new Set(baskets.flat())])
    lists.push(neighboursOf({ product, baskets, basketCountOf: (other) => counts.get(other) ?? 0 }))
  }
  await store.saveCoPurchaseLists(lists)
}

async function freshenSimilar(ids: readonly string[], store: RecommendationStore): Promise<void> {
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

async function freshenPopular(store: RecommendationStore): Promise<void> {
  const baskets = await store.baskets(popularWindow.latest)
  await store.savePopular(popularProducts(baskets, { ...popularWindow, limit: popularKept }))
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
