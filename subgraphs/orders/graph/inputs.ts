import { z } from 'zod'

import { addressInput } from '../../../contracts/address.ts'

const smallest = (what: string) => `${what} cannot be below 0.`

/** What `placeOrder` takes. */
export const placeOrderInput = z.object({
  idempotencyKey: z
    .string()
    .min(8, 'The idempotency key is shorter than 8 characters.')
    .max(200, 'The idempotency key is longer than 200 characters.')
    .regex(/^[\x20-\x7e]+$/, 'The idempotency key holds other than printable ASCII characters.')
    .regex(/[^ ]/, 'The idempotency key is empty but for spaces.'),
  cartVersion: z.int().min(0, smallest('The version of the cart')),
  expectedTotal: z.int().min(0, smallest('The expected total')),
  shippingAddress: addressInput,
  paymentMethodToken: z
    .string()
    .min(1, 'The payment method is missing.')
    .max(255, 'The payment method is longer than 255 characters.')
    .regex(/^[\w-]+$/, "The payment method must be the payment provider's token of one."),
})
