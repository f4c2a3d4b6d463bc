import { z } from 'zod'

const share = z.coerce.number().int().positive().max(1_000_000)

/** What can be set of this subgraph; environment variables of the same names. */
export const usersConfig = z.object({
  /** `production` shuts the demo accounts out. */
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** How long an access token is good for. */
  ACCESS_TOKEN_MINUTES: z.coerce.number().positive().max(1_440).default(15),
  /** How long a session lives after it was last refreshed. */
  REFRESH_TOKEN_DAYS: z.coerce.number().positive().max(365).default(30),
  /** How long a refresh token that was just used is answered with the same successor again. */
  REFRESH_GRACE_SECONDS: z.coerce.number().min(0).max(300).default(10),
  /** Sign-ins to one account from one address in a day before pauses begin; a successful one starts the count anew. */
  SIGN_IN_TRIES: share.default(10),
  /** Failed sign-ins from one address in 10 minutes, whatever the account, before pauses begin. */
  SIGN_IN_FAILURES_PER_ADDRESS: share.default(50),
  /** New accounts from one address in an hour before pauses begin. */
  SIGN_UPS_PER_ADDRESS: share.default(100),
  /** Sign-ups from one address in an hour that are answered that the e-mail address is taken, before pauses begin. */
  TAKEN_EMAILS_PER_ADDRESS: share.default(10),
  /** New guest sessions from one address in 10 minutes before pauses begin. */
  GUESTS_PER_ADDRESS: share.default(300),
  /** Refresh tokens presented from one address in 10 minutes, to refresh or to sign out, before pauses begin. */
  REFRESHES_PER_ADDRESS: share.default(600),
  /** Passwords that are hashed at the same time; one core less than there are, where it is not set. */
  PASSWORDS_AT_ONCE: z.coerce.number().int().positive().max(64).optional(),
  /** Passwords that wait to be hashed before further ones are turned away: no more than are done within a fetch's deadline. */
  PASSWORDS_WAITING: z.coerce.number().int().min(0).max(100_000).default(32),
})

export type UsersConfig = z.infer<typeof usersConfig>
