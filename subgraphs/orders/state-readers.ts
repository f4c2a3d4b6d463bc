import { cartState } from '../../contracts/cart.ts'
import { stockState } from '../../contracts/inventory.ts'
import { productState } from '../../contracts/products.ts'
import type { StateReader } from '../../platform/messaging/bus.ts'
import { stockLinger } from '../../platform/bus/linger.ts'
import { parseMessage, type Message } from '../../platform/messaging/message.ts'
import { shownName } from './domain/placement.ts'
import type { ProductVariants, ReadModels } from './stores/read-models.ts'

/** What a checkout is priced from: catalogue, stock and carts, as their owners tell of them. */
export function stateReaders(readModels: ReadModels): StateReader[] {
  return [
    {
      name: 'orders.catalogue',
      types: [productState.type],
      apply: (messages) => readModels.applyProducts(messages.map(productFrom)),
    },
    {
      name: 'orders.stock',
      types: [stockState.type],
      linger: stockLinger,
      apply: (messages) =>
        readModels.applyStock(
          messages.map((message) => ({
            ...parseMessage(stockState, message).data,
            version: message.aggregateversion,
          })),
        ),
    },
    {
      name: 'orders.carts',
      types: [cartState.type],
      apply: (messages) =>
        readModels.applyCarts(
          messages.map((message) => ({ ...parseMessage(cartState, message).data, version: message.aggregateversion })),
        ),
    },
  ]
}

function productFrom(message: Message): ProductVariants {
  const { productId, name: product, status, variants } = parseMessage(productState, message).data
  const onSale = status === 'ACTIVE'
  return {
    productId,
    version: message.aggregateversion,
    variants: variants.map(({ variantId, name, price }) => {
      return { variantId, name: shownName(product, name), price, onSale }
    }),
  }
}
