import type { EvaluatedBasket } from './shop.ts'

/** Knowing some products, what else did the shopper take? */
export interface Trial {
  readonly known: readonly string[]
  readonly hidden: ReadonlySet<string>
}

export interface CustomerTrial extends Trial {
  readonly customer: string
}

export interface Trials {
  /** One product of the basket is known. */
  readonly page: readonly Trial[]
  /** The first half of the basket is known, as it was rung up, and the rest is to be found. */
  readonly cart: readonly Trial[]
  /** All that the customer bought before is known, and what is new in the next basket is to be found. */
  readonly home: readonly CustomerTrial[]
}

/** The most products that `boughtWith` takes. */
const mostKnown = 50

/** @param every takes each so many-th trial only: the same ones each time */
export function trialsFrom(
  { learnt, tried }: Readonly<Record<'learnt' | 'tried', readonly EvaluatedBasket[]>>,
  every: number,
): Trials {
  const chosen = <One>(all: readonly One[]) => all.filter((_, place) => place % every === 0)
  const cart = chosen(tried.filter(({ productIds }) => productIds.length > 1)).map(({ productIds }) => {
    const half = Math.floor(productIds.length / 2)
    return { known: productIds.slice(0, half).slice(0, mostKnown), hidden: new Set(productIds.slice(half)) }
  })
  const page = cart.map(({ known, hidden }) => ({ known: known.slice(0, 1), hidden }))
  return { page, cart, home: chosen(nextBaskets(learnt, tried)) }
}

/** Of each customer who came before: the first basket since with something new in it. */
function nextBaskets(learnt: readonly EvaluatedBasket[], tried: readonly EvaluatedBasket[]): CustomerTrial[] {
  const bought = new Map<string, Set<string>>()
  for (const { customer, productIds } of learnt) {
    if (customer !== null) bought.set(customer, new Set([...productIds, ...(bought.get(customer) ?? [])]))
  }
  const trials = new Map<string, CustomerTrial>()
  for (const { customer, productIds } of tried) {
    const known = bought.get(customer ?? '')
    if (customer === null || known === undefined || trials.has(customer)) continue
    const hidden = new Set(productIds.filter((id) => !known.has(id)))
    if (hidden.size > 0) trials.set(customer, { customer, known: [...known], hidden })
  }
  return [...trials.values()]
}
