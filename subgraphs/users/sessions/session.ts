import type { Clock } from '../../../platform/clock.ts'
import type { Viewer } from '../../../platform/identity/viewer.ts'
import type { NewId } from '../../../platform/ids.ts'
import type { Database } from '../../../platform/messaging/database.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import type { Account } from '../domain/account.ts'
import type { UsersLimits } from '../limits/limits.ts'
import type { UsersStore } from '../stores/store.ts'
import type { AccessToken, IssueAccessToken } from '../tokens/access-tokens.ts'

/** What a client is given. */
export interface Session extends AccessToken {
  readonly refreshToken: string
  /** Undefined for a guest. */
  readonly account?: Account | undefined
  /** Whether the guest's cart came along; undefined where no guest's token was sent. */
  readonly guestCartKept?: boolean | undefined
}

/** A session whose refresh token is stored, and whose access token is yet to be signed. */
export interface Opened {
  /** Its family of tokens. */
  readonly sessionId: string
  readonly viewer: Exclude<Viewer, { kind: 'visitor' }>
  readonly refreshToken: string
  readonly account?: Account | undefined
  readonly guestCartKept?: boolean | undefined
}

export interface SessionParts {
  readonly database: Database<UsersStore>
  readonly issue: IssueAccessToken
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Logger
  readonly limits: UsersLimits
  /** Tells the gateways of the sessions that have just been ended; after the commit. */
  announceEnded(): Promise<void>
  /** Milliseconds a session lives after it was last refreshed. */
  readonly sessionsLiveFor: number
  /** Milliseconds in which a used refresh token is answered with the same successor again. */
  readonly refreshGrace: number
  /** Accounts that get no session here. */
  isShutOut(account: Account): boolean
}
