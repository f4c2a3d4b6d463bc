import { jwtVerify } from 'jose'

import {
  proposalAudience,
  proposalClaims,
  proposalIssuer,
  proposalLimits,
  type ProposalClaims,
} from '../../contracts/proposal.ts'
import type { Clock } from '../../platform/clock.ts'
import { isCanonical } from '../../platform/identity/compact-token.ts'

/** Reads a proposal's token; undefined for one that is forged, expired or not a proposal. */
export type ReadProposal = (token: string) => Promise<ProposalClaims | undefined>

/** @param secret what the assistant signs with; without it there is no assistant, and no proposal is valid */
export function proposalReader({ secret, clock }: { secret: string | undefined; clock: Clock }): ReadProposal {
  if (secret === undefined) return () => Promise.resolve(undefined)
  const key = new TextEncoder().encode(secret)
  return async (token) => {
    if (!isCanonical(token)) return undefined
    const verified = await jwtVerify(token, key, {
      issuer: proposalIssuer,
      audience: proposalAudience,
      algorithms: ['HS256'],
      requiredClaims: ['exp'],
      // Whatever expiry it was given.
      maxTokenAge: proposalLimits.lifetime,
      currentDate: clock(),
    }).catch(() => undefined)
    // Whatever is wrong with a token, the shopper reads the same: it cannot be used.
    return proposalClaims.safeParse(verified?.payload).data
  }
}
