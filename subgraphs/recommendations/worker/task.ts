import type { PackedRows } from '../domain/packed-rows.ts'
import type { EaseWeights } from '../domain/recommenders/ease/weights.ts'
import type { PackedSimilar } from '../domain/similar/similar-lists.ts'
import type { ComparedProduct } from '../domain/similar/similar.ts'

/** How far a thread stands back behind those that somebody waits for: from 0, not at all, to 19. */
export interface Patience {
  readonly niceness: number
}

export interface WorkerData extends Patience {
  readonly task: Task
}

export type Task =
  | {
      readonly kind: 'TRAIN'
      readonly baskets: PackedRows
      readonly productCount: number
      readonly mostProducts: number
    }
  /** By id. */
  | { readonly kind: 'COMPARE'; readonly products: readonly ComparedProduct[] }

/** What it answers, in its one message. */
export interface Results {
  readonly TRAIN: EaseWeights
  readonly COMPARE: PackedSimilar
}

/** The memory below some flat arrays, to move it to another thread instead of copying it. */
export function buffersOf(holder: object): ArrayBuffer[] {
  const arrays = Object.values(holder).filter((value) => ArrayBuffer.isView(value))
  // Shared memory, if it ever is some, needs no moving.
  return arrays.map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer)
}
