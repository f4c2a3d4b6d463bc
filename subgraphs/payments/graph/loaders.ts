import DataLoader from 'dataloader'

import type { Payment } from '../domain/payment.ts'
import type { PaymentStore } from '../stores/store.ts'

export function paymentLoader(store: PaymentStore): DataLoader<string, Payment | undefined> {
  return new DataLoader(async (ids) => {
    const payments = new Map((await store.byIds(ids)).map((payment) => [payment.id, payment]))
    return ids.map((id) => payments.get(id))
  })
}

export function orderPaymentLoader(store: PaymentStore): DataLoader<string, Payment | undefined> {
  return new DataLoader(async (orderIds) => {
    const payments = new Map((await store.byOrders(orderIds)).map((payment) => [payment.orderId, payment]))
    return orderIds.map((orderId) => payments.get(orderId))
  })
}
