import { z } from 'zod'

/** Values that occur in many messages. Additions to a message are optional fields only. */

export const id = z.uuid()

/** Whole minor units with their ISO 4217 currency. */
export const money = z.object({ amount: z.int(), currency: z.string().length(3) })

/** ISO 8601, UTC. */
export const instant = z.iso.datetime()

export const quantity = z.int().positive()

/** What is asked of stock: units of one variant. */
export const variantQuantity = z.object({ variantId: id, quantity })

/** Why an order could not be completed; a subset of the graph's RefusalCode. */
export const orderReason = z.enum(['OUT_OF_STOCK', 'PAYMENT_DECLINED', 'CONFLICT'])

/** Whose a cart is: a guest's session or a signed-in user. */
export const cartOwner = z.object({ kind: z.enum(['guest', 'user']), id })
