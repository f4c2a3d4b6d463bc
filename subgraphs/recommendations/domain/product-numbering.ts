/** Products by small numbers, as all that counts and scores knows them. */
export interface ProductNumbering {
  readonly count: () => number
  /** `undefined` for a product that has no number. */
  numberOf(id: string): number | undefined
  /** The product's number, the next free one where it has none. */
  numberFor(id: string): number
  /** Throws for a number that is no product's. */
  idOf(number: number): string
  readonly ids: () => readonly string[]
}

/** @param productIds in the order of their numbers */
export function numberProducts(productIds: Iterable<string>): ProductNumbering {
  const ids = [...new Set(productIds)]
  const numbers = new Map(ids.map((id, number) => [id, number]))
  return {
    count: () => ids.length,
    numberOf: (id) => numbers.get(id),
    numberFor(id) {
      const number = numbers.get(id) ?? ids.push(id) - 1
      numbers.set(id, number)
      return number
    },
    idOf(number) {
      const id = ids[number]
      if (id === undefined) throw new RangeError(`no product ${number} among ${ids.length}`)
      return id
    },
    ids: () => ids,
  }
}
