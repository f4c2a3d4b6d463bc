import DataLoader from 'dataloader'

import type { SimilarList } from '../domain/similar/similar-lists.ts'
import type { Offer, RecommendationStore } from '../stores/store.ts'

/** What one request asks of the store, each kind in one statement. */
export interface Loaders {
  readonly similar: DataLoader<string, SimilarList | undefined>
  readonly offers: DataLoader<string, Offer | undefined>
}

export function createLoaders(store: RecommendationStore): Loaders {
  return {
    similar: byKey(
      (ids) => store.similarLists(ids),
      ({ product }) => product,
    ),
    offers: byKey(
      (ids) => store.offers(ids),
      ({ id }) => id,
    ),
  }
}

function byKey<Row>(
  load: (ids: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row | undefined> {
  return new DataLoader(async (ids) => {
    const rows = new Map((await load(ids)).map((row) => [keyOf(row), row]))
    return ids.map((id) => rows.get(id))
  })
}
