import type { DemoBasket } from './baskets.ts'
import type { DemoCatalogue } from './catalogue/catalogue.ts'
import type { DemoProduct, DemoVariant } from './catalogue/products.ts'
import { demoId, fractionOf } from './ids.ts'

/** One past order of the demo shopper; money in GBP pence, as the catalogue sells it. */
export interface DemoOrder {
  orderId: string
  paymentId: string
  placedAt: Date
  lines: DemoOrderLine[]
  total: number
}

export interface DemoOrderLine {
  lineId: string
  variantId: string
  productId: string
  name: string
  unitPrice: number
  quantity: number
}

const fewestBaskets = 6
const mostBaskets = 12
const mostLines = 20

/** The order history of the demo shopper: the baskets of one real customer, whole, oldest first. */
export function demoShopperOrders(baskets: DemoBasket[], catalogue: DemoCatalogue): DemoOrder[] {
  const sold = soldByItem(catalogue)
  return historyOf(baskets).map((basket, place) => {
    const key = `${basket.customer}:${place}`
    const lines = basket.items.flatMap((item) => lineOf(item, `${key}:${item}`, sold) ?? [])
    return {
      orderId: demoId('order', key, place),
      paymentId: demoId('payment', key, place),
      placedAt: basket.at,
      lines,
      total: lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice * quantity, 0),
    }
  })
}

/** The customer who came 6 to 12 times, never for very much at once, over the longest part of the year. */
function historyOf(baskets: DemoBasket[]): DemoBasket[] {
  const byCustomer = new Map<string, DemoBasket[]>()
  for (const basket of baskets) {
    if (basket.customer === null) continue
    const history = byCustomer.get(basket.customer)
    if (history) history.push(basket)
    else byCustomer.set(basket.customer, [basket])
  }
  const fitting = [...byCustomer.values()].filter(
    (history) =>
      history.length >= fewestBaskets &&
      history.length <= mostBaskets &&
      history.every(({ items }) => items.length >= 3 && items.length <= mostLines),
  )
  const [longest] = fitting.toSorted((a, b) => spanOf(b) - spanOf(a))
  if (!longest) throw new Error('baskets.csv.gz holds no customer who could be the demo shopper')
  return longest
}

function spanOf(history: DemoBasket[]): number {
  return (history.at(-1)?.at.getTime() ?? 0) - (history[0]?.at.getTime() ?? 0)
}

interface Sold {
  product: DemoProduct
  variant: DemoVariant
}

function soldByItem({ products, variantOfItem }: DemoCatalogue): Map<number, Sold> {
  const byVariant = new Map(
    products.flatMap((product) => product.variants.map((variant) => [variant.id, { product, variant }])),
  )
  return new Map(
    [...variantOfItem].flatMap(([item, variantId]) => {
      const sold = byVariant.get(variantId)
      return sold ? [[item, sold]] : []
    }),
  )
}

function lineOf(item: number, key: string, sold: Map<number, Sold>): DemoOrderLine | undefined {
  const found = sold.get(item)
  if (!found) return undefined
  return {
    lineId: demoId('line', key, item),
    variantId: found.variant.id,
    productId: found.product.id,
    name: found.variant.name,
    unitPrice: found.variant.price,
    // The history says what was bought, not how many.
    quantity: 1 + Math.floor(fractionOf(`quantity:${key}`) * 3),
  }
}
