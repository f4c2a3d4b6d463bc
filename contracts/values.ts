import { z } from 'zod'

import type { RefusalCode } from './graph/generated.ts'

/** Values that occur in many messages. Additions to a message are optional fields only. */

/** In its one spelling, lower case, whatever the sender wrote. */
export const id = z.uuid().toLowerCase()

/** Whole minor units with their ISO 4217 currency. */
export const money = z.object({ amount: z.int(), currency: z.string().length(3) })

/** ISO 8601, UTC. */
export const instant = z.iso.datetime()

export const quantity = z.int().positive()

/** What is asked of stock: units of one variant. */
export const variantQuantity = z.object({ variantId: id, quantity })

const orderReasons = ['OUT_OF_STOCK', 'PAYMENT_DECLINED', 'CONFLICT'] as const satisfies readonly RefusalCode[]

/** Why an order could not be completed. */
export const orderReason = z.enum(orderReasons)

/** Whose a cart is: a guest's session or a signed-in user. */
export const cartOwner = z.object({ kind: z.enum(['guest', 'user']), id })
