import { stockState } from '../../contracts/inventory.ts'
import { orderConfirmed } from '../../contracts/orders.ts'
import { imagesOf, productState, type ProductState } from '../../contracts/products.ts'
import type { StateReader } from '../../platform/messaging/bus.ts'
import { on, readsState, type Handler, type VersionedState } from '../../platform/messaging/handler.ts'
import type { Database } from '../../platform/messaging/database.ts'
import type { KnownProduct, RecommendationStore } from './stores/store.ts'

const day = 86_400_000

/**
 * Every confirmed order is one more basket. Learnt from it are the products that its shopper has not bought within the day before:
 * a shopper who orders the same a hundred times shall not make that popular. @param learn is called when one is there
 */
export function orderHandlers(learn: () => void): readonly Handler<RecommendationStore>[] {
  return [
    on(orderConfirmed, async ({ data: { orderId, userId, confirmedAt, lines } }, transaction) => {
      const { store } = transaction
      const at = new Date(confirmedAt)
      const productIds = lines.map(({ productId }) => productId)
      const bought = new Set(await store.boughtSince(userId, new Date(at.getTime() - day)))
      const learnt = productIds.filter((id) => !bought.has(id))
      const inPart = learnt.length < productIds.length ? { learnt } : {}
      await store.addBaskets([{ source: `order/${orderId}`, at, productIds, ...inPart }])
      await store.addPurchases([{ userId, orderId, at, productIds }])
      transaction.afterCommit(learn)
    }),
  ]
}

export function catalogueReader({ store }: Database<RecommendationStore>): StateReader {
  return readsState(productState, 'recommendations.catalogue', (products) =>
    store.applyProducts(products.map(knownProduct)),
  )
}

export function stockReader({ store }: Database<RecommendationStore>): StateReader {
  return readsState(stockState, 'recommendations.stock', (levels) => store.applyStock(levels))
}

function knownProduct(state: VersionedState<ProductState>): KnownProduct {
  const { productId, slug, name, category, status, variants, version } = state
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
