import type { Clock } from '../clock.ts'
import type { EndedSessions } from './ended-sessions.ts'

/** For one process that holds both halves: what is announced is known at once. */
export function memoryEndedSessions(clock: Clock): EndedSessions {
  const forgetAt = new Map<string, Date>()

  function forgetOld(): void {
    const now = clock()
    for (const [id, moment] of forgetAt) if (moment < now) forgetAt.delete(id)
  }

  return {
    announce(sessions) {
      forgetOld()
      for (const session of sessions) forgetAt.set(session.id, session.forgetAt)
      return Promise.resolve()
    },
    hasEnded: (id) => forgetAt.has(id),
  }
}
