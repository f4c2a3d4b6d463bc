import { storageKey } from './account-state.ts'

/** The other tabs that share the storage. */
export interface Tabs {
  /** Does the work while no other tab does; where the browser has no locks, at once. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>
  /** Calls back when another tab has changed the session. */
  onChange(listener: () => void): void
}

/** For a session in `sessionStorage`, which belongs to one tab. */
export const singleTab: Tabs = { alone: (work) => work(), onChange: () => undefined }

/** For a session in `localStorage`, which all tabs of the site share. */
export function browserTabs(window: Window & typeof globalThis): Tabs {
  // Absent from old browsers, and where the page did not come by HTTPS or from localhost.
  const locks = window.navigator.locks as LockManager | undefined
  return {
    alone: async (work) => (locks === undefined ? work() : await locks.request(storageKey, work)),
    onChange: (listener) => {
      window.addEventListener('storage', ({ key }) => {
        // Null when all was cleared.
        if (key === storageKey || key === null) listener()
      })
    },
  }
}
