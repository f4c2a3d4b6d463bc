import { z } from 'zod'

const mostAtOnce = 100
/** The longest of Souk's own is half of it; a stranger's text is not kept for ever. */
const longestAlgorithm = 80

export const feedbackInput = z.object({
  event: z.enum(['SHOWN', 'CLICKED', 'ADDED']),
  recommendations: z
    .array(
      z.object({
        productId: z.string(),
        reason: z.enum(['BOUGHT_TOGETHER', 'SIMILAR', 'FITS_YOUR_CART', 'BASED_ON_YOUR_ORDERS', 'POPULAR']),
        algorithm: z
          .string()
          .regex(/^[a-z+ -]+$/)
          .max(longestAlgorithm),
      }),
    )
    .min(1)
    .max(mostAtOnce),
})
