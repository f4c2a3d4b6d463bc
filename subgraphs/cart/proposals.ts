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
import { acceptProposal, type CartOwner } from './domain.ts'

/**
 * What is checked of a proposal, each check in one place. A test takes them away one by one, and sees the attacks succeed that each
 * of them holds off.
 */
export interface ProposalGuards {
  /** What it says, if the assistant has signed it for cart, and its time is not over. Rejects otherwise. */
  readonly verify: (token: string, by: { readonly key: Uint8Array; readonly now: Date }) => Promise<unknown>
  /** Its lines, as many units of each as may be proposed. */
  readonly read: (payload: unknown) => ProposalClaims | undefined
  /** Whether it was made for this cart. */
  readonly isFor: (proposal: ProposalClaims, owner: CartOwner) => boolean
  /** At the prices that were shown, while there is enough, and once. */
  readonly accept: typeof acceptProposal
}

export const proposalGuards: ProposalGuards = {
  async verify(token, { key, now }) {
    if (!isCanonical(token)) throw new Error('the token is not in the one spelling that was signed')
    const { payload } = await jwtVerify(token, key, {
      issuer: proposalIssuer,
      audience: proposalAudience,
      algorithms: ['HS256'],
      requiredClaims: ['exp'],
      // Whatever expiry it was given.
      maxTokenAge: proposalLimits.lifetime,
      currentDate: now,
    })
    return payload
  },
  read: (payload) => proposalClaims.safeParse(payload).data,
  isFor: (proposal, owner) => proposal.owner.kind === owner.kind && proposal.owner.id === owner.id,
  accept: acceptProposal,
}

/** Reads a proposal's token; undefined for one that is forged, expired, another's or not a proposal. */
export type ReadProposal = (token: string, owner: CartOwner) => Promise<ProposalClaims | undefined>

/** @param secret what the assistant signs with; without it there is no assistant, and no proposal is valid */
export function proposalReader({
  secret,
  clock,
  guards,
}: {
  readonly secret: string | undefined
  readonly clock: Clock
  readonly guards: ProposalGuards
}): ReadProposal {
  if (secret === undefined) return () => Promise.resolve(undefined)
  const key = new TextEncoder().encode(secret)
  return async (token, owner) => {
    // Whatever is wrong with a token, the shopper reads the same: it cannot be used.
    const payload = await guards.verify(token, { key, now: clock() }).catch(() => undefined)
    const proposal = guards.read(payload)
    return proposal !== undefined && guards.isFor(proposal, owner) ? proposal : undefined
  }
}
