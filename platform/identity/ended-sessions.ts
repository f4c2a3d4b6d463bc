/** A session that was ended before the access tokens of it expired. */
export interface EndedSession {
  readonly id: string
  /** When the last of its access tokens has expired, whatever clock counts it. */
  readonly forgetAt: Date
}

/** Notifies every gateway that these have ended; twice is once. */
export type AnnounceEnded = (sessions: readonly EndedSession[]) => Promise<void>

/** Whether a session has ended, as far as is known here; asked for each request, so it waits for nobody. */
export type HasEnded = (sessionId: string) => boolean

/** Both halves: who ends sessions announces them, and the gateway asks. */
export interface EndedSessions {
  readonly announce: AnnounceEnded
  readonly hasEnded: HasEnded
}
