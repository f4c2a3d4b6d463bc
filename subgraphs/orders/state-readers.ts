import { cartState } from '../../contracts/cart.ts'
import { stockState } from '../../contracts/inventory.ts'
import { productState, type ProductState } from '../../contracts/products.ts'
import type { StateReader } from '../../platform/messaging/bus.ts'
import { readsState, type VersionedState } from '../../platform/messaging/handler.ts'
import { shownName } from './domain/placement.ts'
import type { ProductVariants, ReadModels } from './stores/read-models.ts'

/** What a checkout is priced from: catalogue, stock and carts, as their owners publish them. */
export function stateReaders(readModels: ReadModels): StateReader[] {
  return [
    readsState(productState, 'orders.catalogue', (products) => readModels.applyProducts(products.map(variantsOf))),
    readsState(stockState, 'orders.stock', (levels) => readModels.applyStock(levels)),
    readsState(cartState, 'orders.carts', (carts) => readModels.applyCarts(carts)),
  ]
}

function variantsOf({
  productId,
  name: product,
  status,
  variants,
  version,
}: VersionedState<ProductState>): ProductVariants {
  const onSale = status === 'ACTIVE'
  return {
    productId,
    version,
    variants: variants.map(({ variantId, name, price }) => {
      return { variantId, name: shownName(product, name), price, onSale }
    }),
  }
}
