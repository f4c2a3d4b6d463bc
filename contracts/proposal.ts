import { z } from 'zod'

import { cartOwner, id, money, quantity } from './values.ts'

/** How much a proposal may hold, and for how long it is good. Its signer keeps to it, and cart holds it to that again. */
export const proposalLimits = {
  /** Units of a line. */
  quantity: 20,
  lines: 10,
  /** Seconds. */
  lifetime: 600,
} as const

/**
 * What a cart proposal's token says: a JWT (HS256) that the assistant signs and cart verifies, with a secret both are
 * given. Its expiry is the proposal's.
 */
export const proposalClaims = z.object({
  /** The proposal; it works once. */
  jti: id,
  /** Whose cart it is for. */
  owner: cartOwner,
  lines: z
    .array(
      z.object({
        variantId: id,
        quantity: quantity.max(proposalLimits.quantity),
        /** What one of it costs, as the shopper was shown. */
        price: money,
      }),
    )
    .min(1)
    .max(proposalLimits.lines),
})
export type ProposalClaims = z.infer<typeof proposalClaims>

export const proposalIssuer = 'souk-assistant'
export const proposalAudience = 'souk-cart'
