import { SignJWT } from 'jose'

import { proposalAudience, proposalIssuer, type ProposalClaims } from '../../../../contracts/proposal.ts'
import type { Clock } from '../../../../platform/clock.ts'
import type { NewId } from '../../../../platform/ids.ts'
import { limits } from './limits.ts'

export interface SignedProposal {
  readonly token: string
  readonly expiresAt: Date
}

/** Signs what cart is to take: bound to its owner, lines and prices; cart sees to it that it works once, and in time. */
export type SignProposal = (proposal: Pick<ProposalClaims, 'owner' | 'lines'>) => Promise<SignedProposal>

export function proposalSigner(parts: {
  readonly secret: string
  readonly clock: Clock
  readonly newId: NewId
}): SignProposal {
  const key = new TextEncoder().encode(parts.secret)
  return async ({ owner, lines }) => {
    const now = Math.floor(parts.clock().getTime() / 1_000)
    const end = now + limits.proposal / 1_000
    const token = await new SignJWT({ owner, lines })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(proposalIssuer)
      .setAudience(proposalAudience)
      .setJti(parts.newId())
      .setIssuedAt(now)
      .setExpirationTime(end)
      .sign(key)
    return { token, expiresAt: new Date(end * 1_000) }
  }
}
