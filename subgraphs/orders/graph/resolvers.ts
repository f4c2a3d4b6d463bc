import { parseInput } from '../../../platform/graphql/refusals.ts'
import { isStaff } from '../../../platform/identity/viewer.ts'
import type { CancelOrder } from '../cancel-order.ts'
import type { Context } from './context.ts'
import { timeline } from '../domain/history.ts'
import { lineTotal, reasonOf, type Order } from '../domain/order.ts'
import type { Resolvers } from './generated.ts'
import { placeOrderInput } from './inputs.ts'
import { listOrders } from './order-lists.ts'
import { mayRead } from '../may-read.ts'
import type { PlaceOrder } from '../place-order/place-order.ts'
import { cancelOrderResult, placeOrderResult } from './results.ts'
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
      cancelOrder: async (_root, { id }, { viewer }) => cancelOrderResult(await cancelOrder(id, viewer)),
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
