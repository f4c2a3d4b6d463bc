import { LRUCache } from 'lru-cache'

import { refused } from './client-error.ts'
import type { GraphqlRequest } from './well-formed.ts'

/** Characters of all queries that are kept together. */
const size = 10_000_000

/**
 * Automatic persisted queries: a client sends a query with its hash once, and from then on the hash alone. Kept in this
 * process: another replica answers that it does not know the query, and the client sends it there too.
 */
export function persistedQueries(): (request: Pick<GraphqlRequest, 'query' | 'hash'>) => string {
  const known = new LRUCache<string, string>({ maxSize: size, sizeCalculation: (query) => query.length })
  return ({ query, hash }) => {
    if (hash === undefined) return query
    if (query !== '') {
      known.set(hash, query)
      return query
    }
    const found = known.get(hash)
    if (found === undefined) throw refused('PERSISTED_QUERY_NOT_FOUND')
    return found
  }
}
