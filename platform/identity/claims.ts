import { z } from 'zod'

import type { Viewer } from './viewer.ts'

/** What a token says of its bearer, beside the registered claims; `sub` is the user's or the guest session's id. */
const viewerClaims = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('visitor') }),
  z.object({ kind: z.literal('guest'), sub: z.uuid() }),
  z.object({
    kind: z.literal('user'),
    sub: z.uuid(),
    roles: z.array(z.enum(['SHOPPER', 'STAFF', 'ADMIN'])),
    guestId: z.uuid().optional(),
  }),
])

export interface TokenIdentity {
  readonly subject?: string
  readonly claims: Record<string, unknown>
}

export function claimsOf(viewer: Viewer): TokenIdentity {
  switch (viewer.kind) {
    case 'visitor':
      return { claims: { kind: viewer.kind } }
    case 'guest':
      return { subject: viewer.id, claims: { kind: viewer.kind } }
    case 'user':
      return { subject: viewer.id, claims: { kind: viewer.kind, roles: viewer.roles, guestId: viewer.guestId } }
  }
}

const sessionClaim = z.object({ sid: z.uuid().optional() })

/** The session that an access token is of (OpenID Connect's name for it); undefined in one of before there was this claim. */
export function sessionIdFromClaims(payload: unknown): string | undefined {
  return sessionClaim.parse(payload).sid
}

/** @throws ZodError when the payload is not one that `claimsOf` made */
export function viewerFromClaims(payload: unknown): Viewer {
  const claims = viewerClaims.parse(payload)
  switch (claims.kind) {
    case 'visitor':
      return { kind: 'visitor' }
    case 'guest':
      return { kind: 'guest', id: claims.sub }
    case 'user':
      return { kind: 'user', id: claims.sub, roles: claims.roles, guestId: claims.guestId }
  }
}
