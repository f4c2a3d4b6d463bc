import type { DemoBasket } from '../../demo/baskets.ts'

/** Knowing some products, which other one did the shopper take? */
export interface Trial {
  readonly known: readonly number[]
  readonly hidden: number
}

export interface Trials {
  /** One product of the basket is known. */
  readonly page: readonly Trial[]
  /** All but one product of the basket are known. */
  readonly cart: readonly Trial[]
  /** What the customer bought before is known, and something new of the next basket is asked for. */
  readonly history: readonly Trial[]
}

export type Recommend = (known: readonly number[], limit: number) => readonly number[]

export function trialsFrom({ learnt, tried }: Record<'learnt' | 'tried', readonly DemoBasket[]>): Trials {
  const cart = tried.filter(({ items }) => items.length > 1).flatMap(({ items }, turn) => leaveOneOut(items, turn))
  // Half a basket away, since what is written beside each other is often the same in two colours.
  const page = cart.map(({ known, hidden }) => ({ known: known.slice(known.length / 2).slice(0, 1), hidden }))
  const bought = itemsByCustomer(learnt)
  const history = tried.flatMap(({ customer, items }, turn) => {
    const known = bought.get(customer ?? '') ?? new Set()
    const fresh = items.filter((item) => !known.has(item))
    return known.size === 0 ? [] : picked(fresh, turn).map((hidden) => ({ known: [...known], hidden }))
  })
  return { page, cart, history }
}

/** The share of the trials in which the hidden product is among the first `limit`. */
export function hitRate(trials: readonly Trial[], limit: number, recommend: Recommend): number {
  const hits = trials.filter(({ known, hidden }) => recommend(known, limit).includes(hidden))
  return hits.length / trials.length
}

/** What is known begins behind what is hidden, and goes round. */
function leaveOneOut(items: readonly number[], turn: number): Trial[] {
  return picked(items, turn).map((hidden) => {
    const place = items.indexOf(hidden)
    return { known: [...items.slice(place + 1), ...items.slice(0, place)], hidden }
  })
}

/** One of them, another at each turn, without chance; none of none. */
function picked(items: readonly number[], turn: number): number[] {
  const place = (turn * 7_919) % items.length
  return items.slice(place, place + 1)
}

function itemsByCustomer(baskets: readonly DemoBasket[]): Map<string, Set<number>> {
  const bought = new Map<string, Set<number>>()
  for (const { customer, items } of baskets) {
    if (customer === null) continue
    const known = bought.get(customer) ?? new Set()
    for (const item of items) known.add(item)
    bought.set(customer, known)
  }
  return bought
}
