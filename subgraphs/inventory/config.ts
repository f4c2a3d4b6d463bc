import { z } from 'zod'

/** What can be set of this subgraph; environment variables of the same names. */
export const inventoryConfig = z.object({
  /** How long stock is held for an order that is being settled. */
  RESERVATION_MINUTES: z.coerce.number().positive().max(1_440).default(15),
})

export type InventoryConfig = z.infer<typeof inventoryConfig>
