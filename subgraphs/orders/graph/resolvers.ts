import { parseInput, refused } from '../../../platform/graphql/refusals.ts'
import { isStaff } from '../../../platform/identity/viewer.ts'
import { formatMoney } from '../../../platform/money.ts'
import type { CancelOrder } from '../cancelling.ts'
import type { Context } from './context.ts'
import { timeline } from '../domain/history.ts'
import { lineTotal, reasonOf, type Order } from '../domain/order.ts'
import type { Resolvers, ResolversTypes } from './generated.ts'
import { placeOrderInput } from './inputs.ts'
import { listOrders } from './order-lists.ts'
import { mayRead } from './permissions.ts'
import type { Placed, PlaceOrder } from '../placing.ts'
import type { OrderStore } from '../stores/store.ts'

export interface ResolverDependencies {
  readonly store: OrderStore
  readonly placeOrder: PlaceOrder
  readonly cancelOrder: CancelOrder
}

export function createResolvers({ store, placeOrder, cancelOrder }: ResolverDependencies): Resolvers {
  return {
    Query: {
      order: (_root, { id }, context) => readableOrder(id, context),
      orders: (_root, { status, ...page }) => listOrders(store, status ? { status } : {}, page),
    },
    Mutation: {
      async placeOrder(_root, args, { viewer }) {
        const input = parseInput(placeOrderInput, args.input)
        if (!input.ok) return input.refusal
        // Permissions let signed-in users through alone.
        if (viewer.kind !== 'user') throw new Error('only users place orders')
        return placeOrderResult(await placeOrder(input.value, viewer.id))
      },
      async cancelOrder(_root, { id }, { viewer }) {
        const result = await cancelOrder(id, viewer)
        return 'code' in result ? result : { __typename: 'Order', ...result }
      },
    },
    Order: {
      __resolveReference: ({ id }, context) => readableOrder(id, context),
      status: ({ checkout }) => checkout.status,
      reason: reasonOf,
      customer: ({ userId }) => ({ id: userId }),
      timeline: async (order, _args, { steps }) => timeline(await steps.load(order.id), reasonOf(order)),
      saga: async ({ id, checkout }, _args, { viewer, steps }) =>
        isStaff(viewer) ? { state: checkout.state, steps: await steps.load(id) } : null,
    },
    OrderLine: {
      variant: ({ variantId }) => ({ id: variantId }),
      total: lineTotal,
    },
    StockShortage: { variant: ({ variantId }) => ({ id: variantId }) },
    User: {
      orders: ({ id }, page) => listOrders(store, { userId: id }, page),
    },
  }
}

/** Null whether there is none or it is another's. */
async function readableOrder(id: string, { viewer, orders }: Context): Promise<Order | null> {
  const order = await orders.load(id)
  return order !== undefined && mayRead(viewer, order) ? order : null
}

function placeOrderResult(placed: Placed): ResolversTypes['PlaceOrderResult'] {
  switch (placed.kind) {
    case 'ORDER':
      return { __typename: 'Order', ...placed.order }
    case 'REFUSED':
      return placed.refusal
    case 'CART_EMPTY':
      return refused('CART_EMPTY', 'There is nothing in your cart.')
    case 'CART_CHANGED':
      return refused('CART_CHANGED', cartChanged)
    case 'PRICE_CHANGED': {
      const { expectedTotal, currentTotal } = placed
      const message = `The total is ${formatMoney(currentTotal)} now; it was ${formatMoney(expectedTotal)}.`
      return { __typename: 'PriceChanged', code: 'PRICE_CHANGED', message, expectedTotal, currentTotal }
    }
    case 'OUT_OF_STOCK': {
      const message = 'There is not enough left of everything in your cart.'
      return { __typename: 'OutOfStock', code: 'OUT_OF_STOCK', message, shortages: [...placed.shortages] }
    }
  }
}

const cartChanged = 'Your cart has changed since you looked at it; read it again.'
