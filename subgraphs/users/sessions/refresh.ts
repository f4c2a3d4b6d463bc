import { decideRefresh, type KnownToken, type SessionOwner, type TokenFamily } from '../domain/session.ts'
import { hashOf, successorOf } from './refresh-tokens.ts'
import type { Opened, SessionParts } from './session.ts'
import type { StoredToken, UsersStore } from '../stores/store.ts'

export type Exchanged =
  | { readonly kind: 'EXCHANGED'; readonly opened: Opened }
  /** REUSED: its session has been ended for it. */
  | { readonly kind: 'REFUSED' | 'REUSED' }

/** Exchanges the token for the next of its family. */
export async function exchange(refreshToken: string, store: UsersStore, parts: SessionParts): Promise<Exchanged> {
  const now = parts.clock()
  const stored = await store.lockToken(hashOf(refreshToken))
  const successor = stored === undefined ? '' : successorOf(refreshToken, stored.family.successorKey)
  const decision = decideRefresh(stored && (await known(stored, { successor, store, parts })), now)
  switch (decision.kind) {
    case 'REFUSE':
      return { kind: 'REFUSED' }
    case 'END_FAMILY': {
      const { id, owner } = decision.family
      parts.log.warn({ viewer: idOf(owner), family: id }, 'a refresh token was used twice; its session is ended')
      await store.endFamily(id, now)
      return { kind: 'REUSED' }
    }
    case 'REPEAT':
      return exchanged(await opened(decision.family, { refreshToken: successor, store, parts }))
    case 'ROTATE': {
      const { id } = decision.family
      const next = await opened(decision.family, { refreshToken: successor, store, parts })
      if (next === undefined) return { kind: 'REFUSED' }
      if (!(await store.useToken(hashOf(refreshToken), now))) {
        throw new Error(`a locked token of family ${id} was used meanwhile`)
      }
      await store.addToken(id, hashOf(successor))
      await store.prolongFamily(id, new Date(now.getTime() + parts.sessionsLiveFor))
      return exchanged(next)
    }
  }
}

function exchanged(opened: Opened | undefined): Exchanged {
  return opened === undefined ? { kind: 'REFUSED' } : { kind: 'EXCHANGED', opened }
}

/**
 * Once the successor has been used, whoever holds the family has moved on: a token of before is then a copy in other
 * hands, however short the time.
 */
async function known(
  { family, usedFor }: StoredToken,
  { successor, store, parts }: { successor: string; store: UsersStore; parts: SessionParts },
): Promise<KnownToken> {
  if (usedFor === undefined) return { state: 'UNUSED', family }
  const isRecent = usedFor < parts.refreshGrace && (await store.isUnused(hashOf(successor)))
  return { state: isRecent ? 'JUST_USED' : 'USED', family }
}

/** The session as its owner is now; undefined for an account that is gone, or gets none here. */
async function opened(
  { id: sessionId, owner }: TokenFamily,
  { refreshToken, store, parts }: { refreshToken: string; store: UsersStore; parts: SessionParts },
): Promise<Opened | undefined> {
  if (owner.kind === 'guest') return { sessionId, viewer: { kind: 'guest', id: owner.guestId }, refreshToken }
  const [account] = await store.accounts([owner.userId])
  if (account === undefined || parts.isShutOut(account)) return undefined
  const { id, roles } = account
  return { sessionId, viewer: { kind: 'user', id, roles, guestId: owner.guestId }, refreshToken, account }
}

function idOf(owner: SessionOwner): string {
  return owner.kind === 'guest' ? owner.guestId : owner.userId
}
