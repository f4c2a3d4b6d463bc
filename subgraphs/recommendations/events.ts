import { stockState } from '../../contracts/inventory.ts'
import { orderConfirmed } from '../../contracts/orders.ts'
import { imagesOf, productState, type ProductState } from '../../contracts/products.ts'
import type { StateReader } from '../../platform/messaging/bus.ts'
import { stockLinger } from '../../platform/bus/linger.ts'
import { parseMessage } from '../../platform/messaging/message.ts'
import { on, type Handler } from '../../platform/messaging/handler.ts'
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

function knownProduct(state: ProductState, version: number): KnownProduct {
  const { productId, slug, name, category, status, variants } = state
  const prices = variants.map(({ price }) => price)
  return {
    id: productId,
    slug,
    name,
    category,
    images: imagesOf(state),
    price: prices.reduce((lowest, price) => (price.amount < lowest.amount ? price : lowest)),
    highestPrice: prices.reduce((highest, price) => (price.amount > highest.amount ? price : highest)),
    active: status === 'ACTIVE',
    variantIds: variants.map(({ variantId }) => variantId),
    version,
  }
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
