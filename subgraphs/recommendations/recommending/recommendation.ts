import type { ConfigurationName } from '../domain/configurations.ts'
import type { Reason } from '../domain/explain.ts'
import type { SimilarList } from '../domain/similar/similar-lists.ts'
import type { Offer } from '../stores/store.ts'

export type BasketReason = Exclude<Reason, 'SIMILAR' | 'POPULAR'>

export interface Recommendation {
  readonly product: { readonly id: string }
  readonly reason: Reason
  readonly explanation: string
  readonly algorithm: string
  readonly score: number
}

/** Rows by their key; those asked for at the same moment are read in one statement. */
interface Batched<Row> {
  load(key: string): Promise<Row | undefined>
  /** An error in the place of each row that could not be read. */
  loadMany(keys: readonly string[]): Promise<(Row | undefined | Error)[]>
}

export interface RecommendationLoaders {
  readonly similar: Batched<SimilarList>
  readonly offers: Batched<Offer>
  /** The product of a variant. */
  readonly products: Batched<string>
}

export interface Asked {
  readonly loaders: RecommendationLoaders
  readonly first: number
  /** What the session is served by. */
  readonly configuration: ConfigurationName
}

/** What is found, in the order of its keys; what could not be read is thrown, not skipped. */
export async function foundOf<Row>(rows: Batched<Row>, keys: readonly string[]): Promise<Row[]> {
  const read = await rows.loadMany(keys)
  return read.flatMap((row) => {
    if (row instanceof Error) throw row
    return row === undefined ? [] : [row]
  })
}
