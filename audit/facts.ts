import { isDeepStrictEqual } from 'node:util'

import type { StoreName, Stores } from './law.ts'

/** Something that a store keeps, whole. */
export interface Fact {
  readonly key: string
  /** The key of the message that tells of it. */
  readonly toldBy: string
  readonly fact: unknown
}

/** A table that keeps what others have said. */
export interface CopyTable {
  readonly store: StoreName
  readonly table: string
  /** The column that names a row. */
  readonly key: string
  /** The column with the key of the message that tells of the row; that which names it unless told otherwise. */
  readonly toldBy?: string
}

/** Whole rows: a column that is added one day is compared from then on. */
export function rowsOf(stores: Stores, { store, table, key, toldBy = key }: CopyTable): Promise<Fact[]> {
  return factsFrom(
    stores,
    store,
    `select ${key} as key, ${toldBy} as "toldBy", to_jsonb(copy) - '${key}' as fact from ${table} as copy`,
  )
}

/** @param query selects `key`, `"toldBy"` and `fact` */
export async function factsFrom(stores: Stores, store: StoreName, query: string): Promise<Fact[]> {
  return (await stores[store].query<Fact>(query)).rows
}

/** What two sides have of the same things, looked at from both: one sentence for each thing that is not alike. */
export function differences(expected: readonly Fact[], found: readonly Fact[]): string[] {
  const there = new Map(found.map(({ key, fact }) => [key, fact]))
  const wrong = expected
    .filter(({ key, fact }) => !isDeepStrictEqual(there.get(key), fact))
    .map(({ key, fact }) => `${key} is ${shown(there.get(key))}, and should be ${shown(fact)}`)
  const known = new Set(expected.map(({ key }) => key))
  const surplus = found
    .filter(({ key }) => !known.has(key))
    .map(({ key, fact }) => `${key} is ${shown(fact)}, and should not be there`)
  return [...wrong, ...surplus]
}

/** Without what is still on its way: there the two sides may differ for a while. */
export function settledFacts(facts: readonly Fact[], onTheWay: ReadonlySet<string>): Fact[] {
  return facts.filter(({ toldBy }) => !onTheWay.has(toldBy))
}

function shown(fact: unknown): string {
  return fact === undefined ? 'missing' : JSON.stringify(fact)
}
