import { createAccountStore, type AccountStore, type SessionStorage } from './account-state.ts'
import { createRenewal, type Renewal } from './renewal.ts'
import { visitor, type Session, type SessionOutcome } from './session.ts'
import type { Credentials, SessionOperations } from './session-operations.ts'
import { singleTab, type Tabs } from './tabs.ts'

/** Who uses the page, and the token that their requests carry. */
export type Account = Pick<AccountStore, 'state' | 'subscribe'> &
  Renewal & {
    becomeVisitor(): Promise<void>
    becomeGuest(): Promise<void>
    /** A guest who signs in keeps the cart. */
    signIn(credentials: Credentials): Promise<void>
  }

export interface AccountDeps {
  operations: SessionOperations
  /** `localStorage` for a session that all tabs share, with `tabs`; `sessionStorage` for one of this tab alone. */
  storage: SessionStorage
  tabs?: Tabs
  /** Milliseconds since 1970. */
  now: () => number
}

export function createAccount({ operations, storage, tabs = singleTab, now }: AccountDeps): Account {
  const store = createAccountStore(storage)
  const { state, subscribe, change } = store
  const renewal = createRenewal({ store, operations, tabs, now })
  tabs.onChange(() => void store.reread())

  const end = async (session: Session): Promise<void> => {
    if (session.kind === 'visitor') return
    // The graph itself ends a guest who signs in.
    if (session.kind === 'guest' && state().session.kind === 'user') return
    await operations.signOut(session.refreshToken).catch((error: unknown) => change({ notice: describe(error) }))
  }

  const replaceSession = async (ask: (old: Session) => Promise<SessionOutcome>): Promise<void> => {
    const { session: old } = state()
    change({ busy: true, notice: null })
    try {
      const outcome = await ask(old)
      change('session' in outcome ? outcome : { notice: outcome.refused })
    } catch (error) {
      change({ notice: describe(error) })
    } finally {
      change({ busy: false })
    }
    if (state().session !== old) await end(old)
  }

  return {
    state,
    subscribe,
    ...renewal,
    becomeVisitor: () => replaceSession(async () => ({ session: visitor })),
    becomeGuest: () => replaceSession(() => operations.startGuest()),
    signIn: async (credentials) => {
      // A guest's token that has ended would not bring the cart along. What keeps it from being renewed stops nobody.
      if (state().session.kind === 'guest') await renewal.accessToken().catch(() => null)
      await replaceSession((old) =>
        operations.signIn({ ...credentials, guestToken: old.kind === 'guest' ? old.accessToken : null }),
      )
    },
  }
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error))
