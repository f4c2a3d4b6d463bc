import type pg from 'pg'

/** A pool for each store's database, by the name of its owner. */
export type Stores = Readonly<Record<StoreName, Pick<pg.Pool, 'query'>>>

export const storeNames = [
  'products',
  'inventory',
  'users',
  'cart',
  'orders',
  'payments',
  'notifications',
  'recommendations',
  'bus',
] as const

export type StoreName = (typeof storeNames)[number]

export interface Verdict {
  /** How many things were looked at. */
  readonly checked: number
  /** One sentence each. */
  readonly violations: readonly string[]
}

/** Something that must hold over all stores together, whatever crashed when. */
export interface Law {
  readonly name: string
  check(stores: Stores): Promise<Verdict>
}

/** A law over the rows of one statement: each row is looked at, and may break it in words. */
export function rowLaw<Row extends pg.QueryResultRow>(parts: {
  name: string
  store: StoreName
  query: string
  violation(row: Row): string | undefined
}): Law {
  const { name, store, query, violation } = parts
  return {
    name,
    async check(stores) {
      const { rows } = await stores[store].query<Row>(query)
      return { checked: rows.length, violations: rows.flatMap((row) => violation(row) ?? []) }
    },
  }
}

/** What in flight may look unfinished for; older than that, it is stuck. */
export const inFlight = "interval '2 minutes'"
