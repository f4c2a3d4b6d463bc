import type { AccountStore } from './account-state.ts'
import { visitor, type Session } from './session.ts'
import type { SessionOperations } from './session-operations.ts'
import type { Tabs } from './tabs.ts'

export interface RenewalDeps {
  store: AccountStore
  operations: SessionOperations
  tabs: Tabs
  /** Milliseconds since 1970. */
  now: () => number
}

export interface Renewal {
  /** A token that is still good for a request; renews it first where it is about to end. Null for a visitor. */
  accessToken(): Promise<string | null>
  /** Another token than the one that was refused, as after a 401; null where the session has ended. */
  renew(refused: string): Promise<string | null>
}

const renewAheadMs = 60_000

/** Keeps the session's access token fresh; there is no timer: what is not used need not be renewed. */
export function createRenewal({ store, operations, tabs, now }: RenewalDeps): Renewal {
  let underWay: Promise<string | null> | null = null

  const isStale = (session: Session): boolean =>
    session.kind !== 'visitor' && Date.parse(session.expiresAt) - now() <= renewAheadMs

  const refresh = async (session: Exclude<Session, { kind: 'visitor' }>): Promise<void> => {
    const outcome = await operations.refresh(session.refreshToken)
    // Somebody may have signed in or out while the answer was on its way, here or in another tab: theirs is the newer wish.
    if (store.reread() !== session) return
    store.change('session' in outcome ? outcome : { session: visitor, notice: outcome.refused })
  }

  /** While another tab waited for the lock, one may have renewed the session already. */
  const replaceToken = (isToReplace: (session: Session) => boolean): Promise<string | null> =>
    tabs.alone(async () => {
      const session = store.reread()
      if (session.kind !== 'visitor' && isToReplace(session)) await refresh(session)
      return tokenOf(store.state().session)
    })

  // Requests that run side by side share one renewal.
  const renewOnce = (isToReplace: (session: Session) => boolean): Promise<string | null> => {
    underWay ??= replaceToken(isToReplace).finally(() => {
      underWay = null
    })
    return underWay
  }

  return {
    accessToken: async () => {
      const { session } = store.state()
      return isStale(session) ? renewOnce(isStale) : tokenOf(session)
    },
    renew: (refused) => renewOnce((session) => tokenOf(session) === refused || isStale(session)),
  }
}

const tokenOf = (session: Session): string | null => (session.kind === 'visitor' ? null : session.accessToken)
