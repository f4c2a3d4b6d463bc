import type { AccountStore } from './account-state.ts'
import { visitor, type Session, type SessionOutcome } from './session.ts'
import type { SessionOperations } from './session-operations.ts'

export interface RenewalDeps {
  store: AccountStore
  operations: SessionOperations
  now: () => number
}

export interface Renewal {
  /** A token that is still good for a request; renews it first where it is about to end. Null for a visitor. */
  accessToken(): Promise<string | null>
  /** Renews the token now, as after a 401; null where the session has ended. */
  renew(): Promise<string | null>
}

const renewAheadMs = 60_000

/** Keeps the session's access token fresh; there is no timer: what is not used need not be renewed. */
export function createRenewal({ store, operations, now }: RenewalDeps): Renewal {
  let underWay: Promise<string | null> | null = null

  const replaceToken = async (): Promise<string | null> => {
    const { session } = store.state()
    const outcome = await renewed(session, operations)
    // Somebody may have signed in or out while the answer was on its way: theirs is the newer wish.
    const isCurrent = store.state().session === session
    if (isCurrent) store.change('session' in outcome ? outcome : { session: visitor, notice: outcome.refused })
    return tokenOf(store.state().session)
  }

  // A refresh token works once, so requests that run side by side share one renewal.
  const renew = (): Promise<string | null> => {
    underWay ??= replaceToken().finally(() => {
      underWay = null
    })
    return underWay
  }

  const accessToken = async (): Promise<string | null> => {
    const { session } = store.state()
    if (session.kind === 'visitor') return null
    const isFresh = Date.parse(session.expiresAt) - now() > renewAheadMs
    return isFresh ? session.accessToken : renew()
  }

  return { accessToken, renew }
}

const tokenOf = (session: Session): string | null => (session.kind === 'visitor' ? null : session.accessToken)

async function renewed(session: Session, operations: SessionOperations): Promise<SessionOutcome> {
  switch (session.kind) {
    case 'visitor':
      return { session }
    case 'guest':
      return { refused: 'The guest session has ended. Choose Guest to begin another.' }
    case 'user':
      return operations.refresh(session.refreshToken)
  }
}
