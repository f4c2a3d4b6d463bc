import DataLoader from 'dataloader'

import { lookTogether } from './look-together.ts'

export type Loader<Found> = DataLoader<string, Found | undefined>

type Look<Found> = (keys: readonly string[]) => Promise<ReadonlyMap<string, Found>>

/**
 * Makes a loader for each request, which forgets what it has read with the request. Requests that ask while others are
 * answered are answered by one look: see `lookTogether`, and what it wants of keys.
 */
export function loadersOf<Found>(look: Look<Found>): () => Loader<Found> {
  const together = lookTogether(look)
  return () =>
    new DataLoader(async (keys) => {
      const found = await together(keys)
      return keys.map((key) => found.get(key))
    })
}

export function keyedBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [keyOf(row), row]))
}
