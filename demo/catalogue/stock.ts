import type { DemoBasket } from '../baskets.ts'
import { fractionOf } from '../ids.ts'

/** How often an item was bought, and when first; null for one that no basket holds. */
export interface Popularity {
  baskets: number
  firstBought: Date | null
}

export function popularityOf(itemCount: number, baskets: DemoBasket[]): Popularity[] {
  const popularity = Array.from({ length: itemCount }, (): Popularity => ({ baskets: 0, firstBought: null }))
  for (const { at, items } of baskets) {
    for (const index of items) {
      const item = popularity[index]
      if (!item) throw new Error(`a basket of ${at.toISOString()} holds the unknown item ${index}`)
      item.baskets += 1
      item.firstBought ??= at
    }
  }
  return popularity
}

const outOfStockShare = 0.03
const mostInStock = 500

/** Units on the shelf when the shop opens: more of what sells, none of a few, the same on every machine. */
export function initialStockOf(code: string, { baskets }: Popularity): number {
  if (fractionOf(`out of stock:${code}`) < outOfStockShare) return 0
  const cover = 0.25 + fractionOf(`stock:${code}`) * 0.75
  return Math.min(mostInStock, 3 + Math.round(baskets * cover))
}
