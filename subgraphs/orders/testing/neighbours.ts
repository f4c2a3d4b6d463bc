import {
  commitStock,
  releaseStock,
  reserveStock,
  stockCommitted,
  stockRefused,
  stockReleased,
  stockReserved,
} from '../../../contracts/inventory.ts'
import { orderCancelled, orderConfirmed, orderPlaced, orderRejected } from '../../../contracts/orders.ts'
import {
  capturePayment,
  paymentCaptured,
  paymentDeclined,
  paymentRefunded,
  refundPayment,
} from '../../../contracts/payments.ts'
import type { Contract } from '../../../platform/messaging/contract.ts'
import { newUuid } from '../../../platform/ids.ts'
import type { Harness } from '../../../tests/support/harness.ts'
import { orderMessage, pounds } from '../../../tests/support/messages.ts'

const contracts = [
  ...[reserveStock, commitStock, releaseStock, capturePayment, refundPayment],
  ...[orderPlaced, orderConfirmed, orderRejected, orderCancelled],
] as const

/** What inventory and payments answer, as they would publish it. */
export function neighbours(harness: Harness) {
  let version = 0

  async function publish<Data extends { orderId: string }>(contract: Contract<Data>, data: Data) {
    version += 1
    await harness.publish(contract, orderMessage(data, version))
    await harness.settled()
  }

  const payment = (orderId: string) => ({
    orderId,
    paymentId: newUuid(),
    userId: newUuid(),
    amount: pounds(500),
  })

  return {
    reserved: (orderId: string) => publish(stockReserved, { orderId, expiresAt: '2026-01-01T00:15:00.000Z' }),
    refused: (orderId: string, variantId: string) =>
      publish(stockRefused, { orderId, shortages: [{ variantId, requested: 2, available: 1 }] }),
    committed: (orderId: string) => publish(stockCommitted, { orderId }),
    released: (orderId: string, why: 'ASKED' | 'EXPIRED' = 'ASKED') => publish(stockReleased, { orderId, why }),
    captured: (orderId: string) => publish(paymentCaptured, payment(orderId)),
    declined: (orderId: string) => publish(paymentDeclined, { ...payment(orderId), reason: 'card_declined' }),
    refunded: (orderId: string) => publish(paymentRefunded, payment(orderId)),

    /** The types of what orders has published about an order, in the order of publication. */
    async publishedOf(orderId: string): Promise<string[]> {
      const received = await Promise.all(contracts.map((contract) => harness.published<{ orderId: string }>(contract)))
      return received
        .flat()
        .filter(({ subject }) => subject === orderId)
        .sort((left, right) => left.aggregateversion - right.aggregateversion)
        .map(({ type }) => type.replace(/^.*\./, ''))
    },
  }
}
