import { z } from 'zod'

/** What can be set of this subgraph; environment variables of the same names. */
export const cartConfig = z.object({
  /** What the assistant signs its proposals with; at least 32 characters. */
  PROPOSAL_SECRET: z.string().min(32).optional(),
})

export type CartConfig = z.infer<typeof cartConfig>
