import { parseStoredSession, visitor, type Session } from './session.ts'

export interface AccountState {
  session: Session
  /** True while a sign-in is on its way. */
  busy: boolean
  /** The last refusal or surprise, in words for a person. */
  notice: string | null
}

/** The part of the browser's storage that a session is kept in. */
export type SessionStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The account's state, kept in `storage` over a reload of the page, and whoever listens to it. */
export interface AccountStore {
  state(): AccountState
  change(part: Partial<AccountState>): void
  /** Calls `listener` after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void
}

const storageKey = 'souk:session'

export function createAccountStore(storage: SessionStorage): AccountStore {
  let state: AccountState = { session: parseStoredSession(storage.getItem(storageKey)), busy: false, notice: null }
  const listeners = new Set<() => void>()

  return {
    state: () => state,
    change: (part) => {
      state = { ...state, ...part }
      if (state.session === visitor) storage.removeItem(storageKey)
      else storage.setItem(storageKey, JSON.stringify(state.session))
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
