import { packRows, type PackedRows } from './packed-rows.ts'

/** Products by small numbers, in the order of their ids, so that a tie broken by number is broken by id. */
export interface ProductNumbering {
  readonly count: number
  /** `undefined` for a product that was not numbered. */
  numberOf(id: string): number | undefined
  /** Throws for a number that is no product's. */
  idOf(number: number): string
}

export function numberProducts(productIds: Iterable<string>): ProductNumbering {
  const ids = [...new Set(productIds)].sort()
  const numbers = new Map(ids.map((id, number) => [id, number]))
  return {
    count: ids.length,
    numberOf: (id) => numbers.get(id),
    idOf(number) {
      const id = ids[number]
      if (id === undefined) throw new RangeError(`no product ${number} among ${ids.length}`)
      return id
    },
  }
}

/** Each product once a basket, however often it lies in it; products without a number are left out. */
export function packBaskets(baskets: readonly (readonly string[])[], { numberOf }: ProductNumbering): PackedRows {
  return packRows(
    baskets.map((basket) => {
      const numbers = new Set<number>()
      for (const id of basket) {
        const number = numberOf(id)
        if (number !== undefined) numbers.add(number)
      }
      return [...numbers]
    }),
  )
}
