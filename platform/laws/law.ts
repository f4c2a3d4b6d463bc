/** What a law asks a store by; nothing that changes it. */
export interface Questions {
  query<Row extends object>(text: string, values?: unknown[]): Promise<{ readonly rows: Row[] }>
}

export interface Verdict {
  /** How many things were looked at. */
  readonly checked: number
  /** One sentence each. */
  readonly violations: readonly string[]
}

/** Something that must hold, whatever crashed when. */
export interface Law {
  readonly name: string
  check(): Promise<Verdict>
}

/** A law over the rows of one statement: each row is looked at, and may break it in words. */
export function rowLaw<Row extends object>(parts: {
  name: string
  store: Questions
  query: string
  violation(row: Row): string | undefined
}): Law {
  const { name, store, query, violation } = parts
  return {
    name,
    async check() {
      const { rows } = await store.query<Row>(query)
      return { checked: rows.length, violations: rows.flatMap((row) => violation(row) ?? []) }
    },
  }
}

/** Seconds that what is in flight may look unfinished for; older than that, it is stuck. */
export const inFlightSeconds = 120

/** The same in SQL. */
export const inFlight = `interval '${inFlightSeconds} seconds'`
