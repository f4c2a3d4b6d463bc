import { guestIdentified } from '../../../contracts/users.ts'
import { outgoing } from '../../../platform/messaging/message.ts'
import type { Transaction } from '../../../platform/messaging/database.ts'
import type { Account } from '../domain/account.ts'
import { isAlive, type SessionOwner } from '../domain/session.ts'
import { hashOf, newRefreshToken, newSuccessorKey } from './refresh-tokens.ts'
import { exchange } from './refresh.ts'
import type { Opened, Session, SessionParts } from './session.ts'
import type { UsersStore } from '../stores/store.ts'

export type Refreshed = { readonly kind: 'REFRESHED'; readonly session: Session } | { readonly kind: 'SESSION_EXPIRED' }

/** `network` is where somebody asks from, if that is known. @throws SoukError RATE_LIMITED when they ask too often */
export interface Sessions {
  guest(guestId: string, network: string | undefined): Promise<Session>
  /**
   * Part of the transaction that has shown who it is. Gives the guest's things to the user.
   * @param owner.guestId null when a guest's token was sent that is good for nothing
   */
  open(
    transaction: Transaction<UsersStore>,
    owner: { account: Account; guestId: string | null | undefined },
  ): Promise<Opened>
  /** Signs the access token; after the commit, since it needs a connection of its own. */
  signed(opened: Opened): Promise<Session>
  refresh(refreshToken: string, network: string | undefined): Promise<Refreshed>
  /** Ends the session; returns whether it was alive. */
  end(refreshToken: string, network: string | undefined): Promise<boolean>
}

export function createSessions(parts: SessionParts): Sessions {
  const { database, issue, clock, limits, announceEnded } = parts

  async function signed({ viewer, sessionId, ...session }: Opened): Promise<Session> {
    // The guest's own session was ended with it.
    if (session.guestCartKept === true) await announceEnded()
    return { ...session, ...(await issue(viewer, sessionId)) }
  }

  return {
    signed,

    async guest(guestId, network) {
      await limits.newGuest(network)
      const owner = { kind: 'guest' as const, guestId }
      const begun = await database.transaction((transaction) => addFamily(owner, transaction.store, parts))
      return signed({ ...begun, viewer: { kind: 'guest', id: guestId } })
    },

    async open(transaction, { account, guestId: sent }) {
      const { store } = transaction
      const { id, roles } = account
      const guestId = sent ?? undefined
      const begun = await addFamily({ kind: 'user', userId: id, guestId }, store, parts)
      if (guestId !== undefined) {
        // The guest is no more: what its tokens could still reach is the user's now.
        await store.endGuest(guestId, clock())
        const version = await store.nextVersion(id)
        transaction.publish(outgoing(guestIdentified, { key: id, version, data: { guestId, userId: id } }))
      }
      const guestCartKept = sent === undefined ? undefined : sent !== null
      return { ...begun, viewer: { kind: 'user', id, roles, guestId }, account, guestCartKept }
    },

    async refresh(refreshToken, network) {
      await limits.refreshToken(network)
      // Ending a family is a refusal that must be committed, so it is an answer here and not an error.
      const exchanged = await database.transaction((transaction) => exchange(refreshToken, transaction.store, parts))
      if (exchanged.kind === 'EXCHANGED') return { kind: 'REFRESHED', session: await signed(exchanged.opened) }
      if (exchanged.kind === 'REUSED') await announceEnded()
      return { kind: 'SESSION_EXPIRED' }
    },

    async end(refreshToken, network) {
      await limits.refreshToken(network)
      const ended = await database.transaction(async (transaction) => {
        const { store } = transaction
        const token = await store.lockToken(hashOf(refreshToken))
        if (token === undefined || !isAlive(token.family, clock())) return false
        await store.endFamily(token.family.id, clock())
        return true
      })
      if (ended) await announceEnded()
      return ended
    },
  }
}

/** Begins a family, with its first token. */
async function addFamily(
  owner: SessionOwner,
  store: UsersStore,
  { newId, clock, sessionsLiveFor }: SessionParts,
): Promise<Pick<Opened, 'sessionId' | 'refreshToken'>> {
  const id = newId()
  const expiresAt = new Date(clock().getTime() + sessionsLiveFor)
  const refreshToken = newRefreshToken()
  await store.addFamily({ id, owner, successorKey: newSuccessorKey(), expiresAt, ended: false })
  await store.addToken(id, hashOf(refreshToken))
  return { sessionId: id, refreshToken }
}
