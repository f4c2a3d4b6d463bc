import { createHash, randomBytes } from 'node:crypto'

import { guestIdentified } from '../../contracts/users.ts'
import { outgoing } from '../../platform/messaging/message.ts'
import type { Clock } from '../../platform/clock.ts'
import { refused, type Refused } from '../../platform/graphql/refusals.ts'
import type { NewId } from '../../platform/ids.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import type { Database, Queryable, Transaction } from '../../platform/postgres/database.ts'
import type { AccessToken, IssueAccessToken } from './access-tokens.ts'
import { decideRefresh, isAlive, type Account, type TokenFamily } from './domain.ts'
import type { UsersStore } from './stores/store.ts'

/** What a client is given: the graph's Session. */
export interface Session extends AccessToken {
  readonly __typename: 'Session'
  readonly refreshToken: string | null
  readonly user: (Account & { readonly proven: true }) | null
}

/** A session whose refresh token is stored, and whose access token is yet to be signed. */
interface Opened {
  readonly account: Account
  readonly guestId?: string | undefined
  readonly refreshToken: string
}

export interface Sessions {
  guest(guestId: string): Promise<Session>
  /** Part of the transaction that has shown who it is. Gives the guest's things to the user. */
  open(transaction: Transaction, owner: { account: Account; guestId?: string | undefined }): Promise<Opened>
  /** Signs the access token; after the commit, since it needs a connection of its own. */
  signed(opened: Opened): Promise<Session>
  refresh(refreshToken: string): Promise<Session | Refused>
  /** Ends the session, and tells whether it was alive. */
  end(refreshToken: string): Promise<boolean>
}

interface SessionParts {
  readonly database: Database
  storeIn(queryable: Queryable): UsersStore
  readonly issue: IssueAccessToken
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Logger
  /** Milliseconds a session lives after it was last refreshed. */
  readonly sessionsLiveFor: number
  /** Accounts that get no session here. */
  isShutOut(account: Account): boolean
}

export function createSessions(parts: SessionParts): Sessions {
  const { database, storeIn, issue, clock, newId, sessionsLiveFor } = parts

  async function signed({ account, guestId, refreshToken }: Opened): Promise<Session> {
    const { id, roles } = account
    const token = await issue({ kind: 'user', id, roles, guestId })
    return { __typename: 'Session', ...token, refreshToken, user: { ...account, proven: true } }
  }

  return {
    signed,

    async guest(guestId) {
      const token = await issue({ kind: 'guest', id: guestId })
      return { __typename: 'Session', ...token, refreshToken: null, user: null }
    },

    async open(transaction, { account, guestId }) {
      const store = storeIn(transaction)
      const family: TokenFamily = {
        id: newId(),
        userId: account.id,
        guestId,
        expiresAt: new Date(clock().getTime() + sessionsLiveFor),
        ended: false,
      }
      const refreshToken = newRefreshToken()
      await store.addFamily(family)
      await store.addToken(family.id, hashOf(refreshToken))
      if (guestId !== undefined) {
        const version = await store.nextVersion(account.id)
        transaction.publish(
          outgoing(guestIdentified, { key: account.id, version, data: { guestId, userId: account.id } }),
        )
      }
      return { account, guestId, refreshToken }
    },

    async refresh(refreshToken) {
      // Ending a family is a refusal that must be committed, so it is an answer here and not an error.
      const opened = await database.transaction((transaction) => rotate(refreshToken, storeIn(transaction), parts))
      return opened === undefined
        ? refused('SESSION_EXPIRED', 'This session has ended. Sign in again.')
        : signed(opened)
    },

    end(refreshToken) {
      return database.transaction(async (transaction) => {
        const store = storeIn(transaction)
        const token = await store.lockToken(hashOf(refreshToken))
        if (token === undefined || !isAlive(token.family, clock())) return false
        await store.endFamily(token.family.id, clock())
        return true
      })
    },
  }
}

/** Exchanges the token for the next of its family; undefined when it is good for nothing. */
async function rotate(refreshToken: string, store: UsersStore, parts: SessionParts): Promise<Opened | undefined> {
  const { clock, log, sessionsLiveFor, isShutOut } = parts
  const now = clock()
  const hash = hashOf(refreshToken)
  const decision = decideRefresh(await store.lockToken(hash), now)
  switch (decision.kind) {
    case 'REFUSE':
      return undefined
    case 'END_FAMILY': {
      const { id, userId } = decision.family
      log.warn({ viewer: userId, family: id }, 'a refresh token was used twice; its session is ended')
      await store.endFamily(id, now)
      return undefined
    }
    case 'ROTATE': {
      const { id, userId, guestId } = decision.family
      const [account] = await store.accounts([userId])
      if (account === undefined || isShutOut(account)) return undefined
      if (!(await store.useToken(hash, now))) throw new Error(`a locked token of family ${id} was used meanwhile`)
      const next = newRefreshToken()
      await store.addToken(id, hashOf(next))
      await store.prolongFamily(id, new Date(now.getTime() + sessionsLiveFor))
      return { account, guestId, refreshToken: next }
    }
  }
}

/** 256 bits that nobody can guess. */
function newRefreshToken(): string {
  return randomBytes(32).toString('base64url')
}

/** A fast hash will do: there is nothing to guess from. */
function hashOf(refreshToken: string): Buffer {
  return createHash('sha256').update(refreshToken).digest()
}
