import { z } from 'zod'

const mostOnHand = 1_000_000

/** What `setStock` takes. */
export const setStockInput = z.object({
  variantId: z.string(),
  onHand: z
    .int()
    .min(0, 'There cannot be fewer than 0 units.')
    .max(mostOnHand, `There cannot be more than ${mostOnHand} units.`),
})
