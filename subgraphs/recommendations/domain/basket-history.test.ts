import { describe, expect, it } from 'vitest'

import { historyOf, type BasketHistory } from './basket-history.ts'
import { packRows, rowCountOf, rowOf } from './packed-rows.ts'

function basketsOf(history: BasketHistory): number[][] {
  return Array.from({ length: history.basketCount() }, (_, basket) => [...history.productsOf(basket)])
}

function basketsWith(history: BasketHistory, product: number, most = Infinity): number[] {
  const found: number[] = []
  history.eachBasketWith(product, (basket) => found.push(basket) < most)
  return found
}

/** Baskets of any kind, the same at each run. */
function someBaskets(count: number): number[][] {
  return Array.from({ length: count }, (_, basket) => [...new Set([basket % 3, (basket * 7) % 11, (basket * 5) % 23])])
}

describe('a history of baskets', () => {
  it('gives back what it was made of, and finds the baskets of a product, the newest first', () => {
    const baskets = [[0, 2], [1], [], [2, 1]]
    const history = historyOf(packRows(baskets), 4)
    expect(basketsOf(history)).toEqual(baskets)
    expect([0, 1, 2, 3].map((product) => basketsWith(history, product))).toEqual([[0], [3, 1], [3, 0], []])
    expect([0, 1, 2, 3, 9].map((product) => history.countOf(product))).toEqual([1, 2, 2, 0, 0])
    expect(basketsWith(history, 1, 1)).toEqual([3])
    expect(basketsWith(history, 9)).toEqual([])
  })

  it('that has learnt basket after basket is the one that is made of all of them', () => {
    const baskets = someBaskets(200)
    const history = historyOf(packRows([]), 0)
    for (const basket of baskets) history.add(basket)
    const whole = historyOf(packRows(baskets), 23)
    expect(history.productCount()).toBe(23)
    expect(basketsOf(history)).toEqual(baskets)
    for (let product = 0; product < 23; product += 1) {
      expect(basketsWith(history, product)).toEqual(basketsWith(whole, product))
      expect(history.countOf(product)).toBe(whole.countOf(product))
    }
  })

  it('can be kept and made again', () => {
    const history = historyOf(packRows([[0]]), 1)
    history.add([1, 0])
    const { starts, values } = history.packed()
    const rows = Array.from({ length: rowCountOf({ starts }) }, (_, row) => [...rowOf({ starts, values }, row)])
    expect(rows).toEqual([[0], [1, 0]])
    expect(basketsOf(historyOf({ starts, values }, 2))).toEqual(rows)
  })

  it('forgets the older half when it becomes too long, and takes no more memory than that', () => {
    const baskets = someBaskets(300)
    const history = historyOf(packRows([]), 23, 100)
    for (const basket of baskets) history.add(basket)
    const kept = basketsOf(history)
    expect(kept.flat().length).toBeLessThanOrEqual(100)
    expect(kept.flat().length).toBeGreaterThan(40)
    expect(kept).toEqual(baskets.slice(-kept.length))
    expect(history.countOf(0)).toBe(kept.filter((basket) => basket.includes(0)).length)
    expect(history.bytes()).toBeLessThan(5_000)
  })
})
