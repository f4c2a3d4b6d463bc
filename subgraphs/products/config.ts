import { z } from 'zod'

/** What can be set of this subgraph; environment variables of the same names. */
export const productsConfig = z.object({
  /** How long createProduct waits, in milliseconds, for inventory to have put the new variants on the shelf. */
  NEW_STOCK_WAIT_MS: z.coerce.number().int().min(0).max(30_000).default(2_000),
})

export type ProductsConfig = z.infer<typeof productsConfig>
