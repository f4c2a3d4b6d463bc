import { createAccountStore, type AccountStore, type SessionStorage } from './account-state.ts'
import { createRenewal, type Renewal } from './renewal.ts'
import { visitor, type Session, type SessionOutcome } from './session.ts'
import type { Credentials, SessionOperations } from './session-operations.ts'

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
  /** Of this browser tab alone: two tabs that shared a refresh token would end each other's session. */
  storage: SessionStorage
  /** Milliseconds since 1970. */
  now: () => number
}

export function createAccount({ operations, storage, now }: AccountDeps): Account {
  const store = createAccountStore(storage)
  const { state, subscribe, change } = store

  const end = async (session: Session): Promise<void> => {
    if (session.kind !== 'user') return
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
    ...createRenewal({ store, operations, now }),
    becomeVisitor: () => replaceSession(async () => ({ session: visitor })),
    becomeGuest: () => replaceSession(() => operations.startGuest()),
    signIn: (credentials) =>
      replaceSession((old) =>
        operations.signIn({ ...credentials, guestToken: old.kind === 'guest' ? old.accessToken : null }),
      ),
  }
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error))
