import { LRUCache } from 'lru-cache'

import type { ProductIndex, SearchResult } from './product-index.ts'

/** Hits that are kept of the latest searches, all together: some megabytes. */
const keptHits = 100_000

/** Finds the same for the same text, without looking again, until the index changes. */
export function keepSearches(index: ProductIndex): ProductIndex {
  const kept = new LRUCache<string, SearchResult>({
    maxSize: keptHits,
    sizeCalculation: ({ hits }) => hits.length + 1,
  })

  return {
    put(id, version, product) {
      // Any search may find otherwise now: what a word weighs depends on all products.
      kept.clear()
      index.put(id, version, product)
    },
    search(text, mode) {
      const key = `${mode ?? ''} ${text}`
      const known = kept.get(key)
      if (known !== undefined) return known
      const result = index.search(text, mode)
      kept.set(key, result)
      return result
    },
  }
}
