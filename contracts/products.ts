import { z } from 'zod'

import { contract, type DataOf } from '../platform/messaging/contract.ts'
import { id, instant, money } from './values.ts'

/** State of one product, keyed by its id; the version is the product's. */
export const productState = contract({
  type: 'products.ProductState',
  stream: 'state',
  data: z.object({
    productId: id,
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    status: z.enum(['ACTIVE', 'DISCONTINUED']),
    category: z.object({ slug: z.string(), name: z.string() }),
    createdAt: instant,
    variants: z.array(
      z.object({
        variantId: id,
        sku: z.string(),
        name: z.string(),
        price: money,
        options: z.array(z.object({ name: z.string(), value: z.string() })),
        /** What inventory puts on the shelf when it first hears of the variant; ignored ever after. */
        initialStock: z.int().nonnegative(),
      }),
    ),
  }),
})
export type ProductState = DataOf<typeof productState>
