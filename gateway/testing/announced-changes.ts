import type { Change, ChangeListener, Changes } from '../cache/changes.ts'

/** Changes that a test announces, in the place of the bus. */
export interface AnnouncedChanges extends Changes {
  announce(...changes: readonly Change[]): void
  follow(): void
  lose(): void
}

/** They are followed from the start. */
export function announcedChanges(): AnnouncedChanges {
  const listeners = new Set<ChangeListener>()
  return {
    listen(_messages, listener) {
      listeners.add(listener)
      listener.follows()
      return {
        stop() {
          listeners.delete(listener)
          return Promise.resolve()
        },
      }
    },
    announce: (...changes) => listeners.forEach((listener) => listener.changed(changes)),
    follow: () => listeners.forEach((listener) => listener.follows()),
    lose: () => listeners.forEach((listener) => listener.lost()),
  }
}
