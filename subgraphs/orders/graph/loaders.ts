import DataLoader from 'dataloader'

import type { Step } from '../domain/history.ts'
import type { Order } from '../domain/order.ts'
import type { OrderStore } from '../stores/store.ts'

export function orderLoader(store: OrderStore): DataLoader<string, Order | undefined> {
  return new DataLoader(async (ids) => {
    const orders = new Map((await store.byIds(ids)).map((order) => [order.id, order]))
    return ids.map((id) => orders.get(id))
  })
}

/** The steps of many checkouts in one statement. */
export function stepLoader(store: OrderStore): DataLoader<string, readonly Step[]> {
  return new DataLoader(async (orderIds) => {
    const steps = await store.steps(orderIds)
    return orderIds.map((id) => steps.filter(({ orderId }) => orderId === id))
  })
}
