import { z } from 'zod'

/** What can be set of this subgraph; environment variables of the same names. */
export const paymentsConfig = z.object({
  /** Milliseconds the payment provider may take to answer a call. */
  PAYMENT_DEADLINE_MS: z.coerce.number().int().min(100).max(60_000).default(5_000),
})

export type PaymentsConfig = z.infer<typeof paymentsConfig>
