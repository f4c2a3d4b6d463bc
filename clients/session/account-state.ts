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
  /** Takes over what another tab has written into the storage; returns the session as it is then. */
  reread(): Session
  /** Calls `listener` after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void
}

export const storageKey = 'souk:session'

export function createAccountStore(storage: SessionStorage): AccountStore {
  let written = storage.getItem(storageKey)
  let state: AccountState = { session: parseStoredSession(written), busy: false, notice: null }
  const listeners = new Set<() => void>()

  const become = (next: AccountState): void => {
    state = next
    for (const listener of listeners) listener()
  }

  return {
    state: () => state,
    change: (part) => {
      const next = { ...state, ...part }
      // Only a new session is written: what another tab has written since must not be undone by a notice.
      if (next.session !== state.session) {
        written = next.session.kind === 'visitor' ? null : JSON.stringify(next.session)
        if (written === null) storage.removeItem(storageKey)
        else storage.setItem(storageKey, written)
      }
      become(next)
    },
    reread: () => {
      const found = storage.getItem(storageKey)
      if (found !== written) {
        written = found
        become({ ...state, session: found === null ? visitor : parseStoredSession(found) })
      }
      return state.session
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
