import type { Fetcher } from '@graphiql/toolkit'

import { learn, type KnownValues } from './known-values.ts'

/** Remembers what the answers have shown, for the variables of the operations to come. */
export interface Notebook {
  known(): KnownValues
  subscribe(listener: () => void): () => void
  note(data: unknown): void
}

export function createNotebook(): Notebook {
  let known: KnownValues = {}
  const listeners = new Set<() => void>()
  return {
    known: () => known,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    note: (data) => {
      known = learn(known, data)
      for (const listener of listeners) listener()
    },
  }
}

/** A fetcher whose answers are noted; the schema's own description is not an answer to learn from. */
export const notingFetcher =
  (fetcher: Fetcher, notebook: Notebook): Fetcher =>
  async (params, options) => {
    const result = await fetcher(params, options)
    if (params.operationName !== 'IntrospectionQuery' && 'data' in result) notebook.note(result.data)
    return result
  }
