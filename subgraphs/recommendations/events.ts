import { stockState } from '../../contracts/inventory.ts'
import { orderConfirmed } from '../../contracts/orders.ts'
import { productState, type ProductState } from '../../contracts/products.ts'
import type { StateReader } from '../../platform/messaging/bus.ts'
import { stockLinger } from '../../platform/bus/linger.ts'
import { parseMessage } from '../../platform/messaging/message.ts'
import { on, type Handler } from '../../platform/messaging/handler.ts'
import type { Money } from '../../platform/money.ts'
import type { Queryable } from '../../platform/postgres/database.ts'
import type { KnownProduct, RecommendationStore } from './stores/store.ts'

interface EventDependencies {
  storeIn(queryable: Queryable): RecommendationStore
  /** The pool. */
  readonly database: Queryable
}

/** Every confirmed order is one more basket. */
export function orderHandlers({ storeIn }: EventDependencies): Handler[] {
  return [
    on(orderConfirmed, async ({ data: { orderId, userId, confirmedAt, lines } }, transaction) => {
      const store = storeIn(transaction)
      const at = new Date(confirmedAt)
      const productIds = lines.map(({ productId }) => productId)
      await store.addBaskets([{ source: `order/${orderId}`, at, productIds }])
      await store.addPurchases([{ userId, orderId, at, productIds }])
    }),
  ]
}

export function catalogueReader({ storeIn, database }: EventDependencies): StateReader {
  return {
    name: 'recommendations.catalogue',
    types: [productState.type],
    async apply(messages) {
      const products = messages.map((message) =>
        knownProduct(parseMessage(productState, message).data, message.aggregateversion),
      )
      await storeIn(database).applyProducts(products)
    },
  }
}

function knownProduct({ productId, name, category, status, variants }: ProductState, version: number): KnownProduct {
  return {
    id: productId,
    name,
    category,
    price: cheapest(variants.map(({ price }) => price)),
    active: status === 'ACTIVE',
    variantIds: variants.map(({ variantId }) => variantId),
    version,
  }
}

function cheapest(prices: readonly Money[]): Money {
  return prices.reduce((lowest, price) => (price.amount < lowest.amount ? price : lowest))
}

export function stockReader({ storeIn, database }: EventDependencies): StateReader {
  return {
    name: 'recommendations.stock',
    types: [stockState.type],
    linger: stockLinger,
    async apply(messages) {
      const levels = messages.map((message) => {
        return { ...parseMessage(stockState, message).data, version: message.aggregateversion }
      })
      await storeIn(database).applyStock(levels)
    },
  }
}
