import { randomUUID } from 'node:crypto'

import { address, type Client } from '../support/shopping.ts'

export interface PlaceOrderOutcome {
  /** Of the order, when it was accepted. */
  readonly id?: string
  /** Of a refusal. */
  readonly code?: string
}

/** Places one order, however often it is called. */
export type PlaceOrder = () => Promise<PlaceOrderOutcome>

/** What is ordered later, for the cart as it is now. */
export async function orderFor(client: Client): Promise<PlaceOrder> {
  const { data: shown } = await client.run('WebCart')
  const input = {
    idempotencyKey: randomUUID(),
    cartVersion: shown.cart.version,
    expectedTotal: shown.cart.subtotal.amount,
    shippingAddress: address,
    paymentMethodToken: 'tok_approve',
  }
  return async () => (await client.run('WebPlaceOrder', { input })).data?.placeOrder ?? {}
}
