import { z } from 'zod'

import { cartOwner, id, variantQuantity } from './values.ts'

/**
 * What a cart proposal's token says: a JWT (HS256) that the assistant signs and cart verifies, with a secret both are
 * given. Its expiry is the proposal's.
 */
export const proposalClaims = z.object({
  /** The proposal; it works once. */
  jti: id,
  /** Whose cart it is for. */
  owner: cartOwner,
  lines: z.array(variantQuantity).min(1).max(50),
})
export type ProposalClaims = z.infer<typeof proposalClaims>

export const proposalIssuer = 'souk-assistant'
export const proposalAudience = 'souk-cart'
