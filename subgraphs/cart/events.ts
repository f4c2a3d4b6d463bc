import { stockState } from '../../contracts/inventory.ts'
import { orderConfirmed } from '../../contracts/orders.ts'
import { imagesOf, productState, type ProductState } from '../../contracts/products.ts'
import { guestIdentified } from '../../contracts/users.ts'
import type { SingleConsumer, StateReader } from '../../platform/messaging/bus.ts'
import { readsState, type VersionedState } from '../../platform/messaging/handler.ts'
import { parseMessage, type Message } from '../../platform/messaging/message.ts'
import type { Carts } from './carts.ts'
import { removeBought } from './domain.ts'
import type { KnownProduct, OfferStore } from './stores/store.ts'

/** Needs no inbox: a cart itself remembers whom it took over and which orders it was relieved of. */
export function cartConsumer(carts: Carts): SingleConsumer {
  async function handleOne(message: Message): Promise<void> {
    if (message.type === guestIdentified.type) {
      const { guestId, userId } = parseMessage(guestIdentified, message).data
      if (!(await carts.identify(guestId, userId)))
        throw new Error(`the cart of guest ${guestId} is not handed over yet`)
      return
    }
    const { orderId, userId, cart } = parseMessage(orderConfirmed, message).data
    const outcome = await carts.change({ kind: 'user', id: userId }, (current) =>
      removeBought(current, { orderId, lines: cart.lines }),
    )
    if (outcome.kind !== 'CART') throw new Error(`the cart of order ${orderId} could not be changed`)
  }

  return { name: 'cart', types: [guestIdentified.type, orderConfirmed.type], handleOne }
}

/** What can be put into a cart and how it is shown, as products publishes it. */
export function catalogueReader(offers: OfferStore): StateReader {
  return readsState(productState, 'cart.catalogue', (products) => offers.applyProducts(products.map(knownProduct)))
}

/** How much of it there is, as inventory publishes it. */
export function stockReader(offers: OfferStore): StateReader {
  return readsState(stockState, 'cart.stock', (levels) => offers.applyStock(levels))
}

function knownProduct(state: VersionedState<ProductState>): KnownProduct {
  const { productId, slug, name, status, variants, version } = state
  return { productId, slug, name, images: imagesOf(state), variants, sold: status === 'ACTIVE', version }
}
