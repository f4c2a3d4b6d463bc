import { stockState } from '../../contracts/inventory.ts'
import { orderConfirmed } from '../../contracts/orders.ts'
import { imagesOf, productState, type ProductState } from '../../contracts/products.ts'
import { guestIdentified } from '../../contracts/users.ts'
import type { Consumer, StateReader } from '../../platform/messaging/bus.ts'
import { stockLinger } from '../../platform/bus/linger.ts'
import { parseMessage, type Message } from '../../platform/messaging/message.ts'
import type { Carts } from './carts.ts'
import { removeBought } from './domain.ts'
import type { KnownProduct, OfferStore } from './stores/store.ts'

/** Needs no inbox: a cart itself remembers whom it took over and which orders it was relieved of. */
export function cartConsumer(carts: Carts): Consumer {
  async function hear(message: Message): Promise<void> {
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

  return {
    name: 'cart',
    types: [guestIdentified.type, orderConfirmed.type],
    async handle(messages) {
      for (const message of messages) await hear(message)
    },
  }
}

/** What can be put into a cart and how it is shown, as products publishes it. */
export function catalogueReader(offers: OfferStore): StateReader {
  return {
    name: 'cart.catalogue',
    types: [productState.type],
    async apply(messages) {
      await offers.applyProducts(
        messages.map((message) => knownProduct(parseMessage(productState, message).data, message.aggregateversion)),
      )
    },
  }
}

function knownProduct(state: ProductState, version: number): KnownProduct {
  const { productId, slug, name, status, variants } = state
  return { productId, slug, name, images: imagesOf(state), variants, sold: status === 'ACTIVE', version }
}

/** How much of it there is, as inventory says. */
export function stockReader(offers: OfferStore): StateReader {
  return {
    name: 'cart.stock',
    types: [stockState.type],
    linger: stockLinger,
    async apply(messages) {
      const levels = messages.map((message) => {
        return { ...parseMessage(stockState, message).data, version: message.aggregateversion }
      })
      await offers.applyStock(levels)
    },
  }
}
