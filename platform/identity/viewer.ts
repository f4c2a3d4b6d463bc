/** Who is asking. */
export type Viewer =
  /** Nobody known: may browse. */
  | { readonly kind: 'visitor' }
  /** A guest's session: has a cart. */
  | { readonly kind: 'guest'; readonly id: string }
  /** Signed in. `guestId` is the guest session it came from, whose cart the user keeps. */
  | {
      readonly kind: 'user'
      readonly id: string
      readonly roles: readonly Role[]
      readonly guestId?: string | undefined
    }

export type Role = 'SHOPPER' | 'STAFF' | 'ADMIN'

export const visitor: Viewer = { kind: 'visitor' }

export function isStaff(viewer: Viewer): boolean {
  return viewer.kind === 'user' && viewer.roles.some((role) => role === 'STAFF' || role === 'ADMIN')
}

/** True when the viewer is that user. */
export function isUser(viewer: Viewer, userId: string): boolean {
  return viewer.kind === 'user' && viewer.id === userId
}

/** What logs may call the viewer. */
export function viewerId(viewer: Viewer): string | undefined {
  return viewer.kind === 'visitor' ? undefined : viewer.id
}
