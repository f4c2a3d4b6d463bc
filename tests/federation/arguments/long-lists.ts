import { newUuid } from '../../../platform/ids.ts'
import { money } from '../../../platform/money.ts'
import { address } from '../../support/shopping.ts'
import type { Shop } from '../shop.ts'

/** More than a page holds where nobody says how long it is. */
const many = 21
const firstDay = Date.UTC(2026, 0, 1)
const dayMilliseconds = 86_400_000

/** Gives the shop so many orders, of its shopper, and dead letters. */
export async function fillLists({ shopper, members, harness, products }: Shop): Promise<void> {
  const { data } = await shopper.send('{ me { id } }')
  const [product] = products
  const [variant] = product?.variants ?? []
  if (product === undefined || variant === undefined) throw new Error('the shop has nothing to order')
  const unitPrice = money(variant.price, 'GBP')
  const orders = Array.from({ length: many }, (_, day) => ({
    orderId: newUuid(),
    userId: data.me.id,
    placedAt: new Date(firstDay + day * dayMilliseconds),
    lines: [
      { lineId: newUuid(), variantId: variant.id, productId: product.id, name: product.name, unitPrice, quantity: 1 },
    ],
    total: unitPrice,
    shippingAddress: address,
  }))
  await members.orders.importDeliveredOrders(orders)
  for (let count = 0; count < many; count += 1) await publishBroken(harness)
  await harness.settled()
}

/** A message that breaks its contract: it is given up on at once, and becomes a dead letter. */
export async function publishBroken(harness: Shop['harness']): Promise<void> {
  const broken = {
    type: 'payments.PaymentRefunded' as const,
    stream: 'log' as const,
    data: { parse: (data: unknown) => data },
  }
  await harness.publish(broken, { key: newUuid(), version: 1, data: {} })
}
