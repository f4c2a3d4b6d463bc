import type { PackedNeighbours } from '../domain/co-purchase-lists.ts'
import type { PackedRows } from '../domain/packed-rows.ts'
import type { PackedSimilar } from '../domain/similar/similar-lists.ts'
import type { ComparedProduct } from '../domain/similar/similar.ts'

/** What the worker is given, as `workerData`. */
export interface ListTask {
  readonly baskets: PackedRows
  /** By number. */
  readonly products: readonly ComparedProduct[]
}

/** What it answers, in its one message. */
export interface PackedLists {
  readonly coPurchase: PackedNeighbours
  readonly similar: PackedSimilar
}

type FlatArray = Uint32Array | Float64Array

/** The memory below some flat arrays, to move it to another thread instead of copying it. */
export function buffersOf(...holders: readonly Readonly<Record<string, FlatArray>>[]): ArrayBuffer[] {
  const buffers = holders.flatMap((holder) => Object.values(holder).map(({ buffer }) => buffer))
  // Shared memory, if it ever is some, needs no moving.
  return buffers.filter((buffer) => buffer instanceof ArrayBuffer)
}
