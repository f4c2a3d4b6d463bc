/** Whose a session is. */
export type SessionOwner =
  | { readonly kind: 'guest'; readonly guestId: string }
  /** `guestId` is the guest session it came from. */
  | { readonly kind: 'user'; readonly userId: string; readonly guestId?: string | undefined }

/** One sign-in, or one guest's session, and all that is refreshed from it. */
export interface TokenFamily {
  readonly id: string
  readonly owner: SessionOwner
  /** With a token of the family it makes the token's successor; neither of the two does so alone. */
  readonly successorKey: Uint8Array
  readonly expiresAt: Date
  readonly ended: boolean
}

/** A refresh token that somebody presents, as it is known. */
export interface KnownToken {
  /** JUST_USED: within the grace, and the successor that was given for it waits to be used. */
  readonly state: 'UNUSED' | 'JUST_USED' | 'USED'
  readonly family: TokenFamily
}

export type RefreshDecision =
  | { readonly kind: 'ROTATE'; readonly family: TokenFamily }
  /** Two tabs, or a client that lost the answer, present one token at nearly the same moment: both get one successor. */
  | { readonly kind: 'REPEAT'; readonly family: TokenFamily }
  /** Used before: either its owner or a thief holds a copy, and nobody knows which. */
  | { readonly kind: 'END_FAMILY'; readonly family: TokenFamily }
  | { readonly kind: 'REFUSE' }

/** What becomes of a refresh token that is presented. */
export function decideRefresh(token: KnownToken | undefined, now: Date): RefreshDecision {
  if (token === undefined || token.family.ended) return { kind: 'REFUSE' }
  const { state, family } = token
  if (state === 'USED') return { kind: 'END_FAMILY', family }
  if (!isAlive(family, now)) return { kind: 'REFUSE' }
  return { kind: state === 'UNUSED' ? 'ROTATE' : 'REPEAT', family }
}

export function isAlive({ ended, expiresAt }: TokenFamily, now: Date): boolean {
  return !ended && expiresAt > now
}
