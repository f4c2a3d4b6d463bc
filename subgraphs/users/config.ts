import { z } from 'zod'

/** What can be set of this subgraph; environment variables of the same names. */
export const usersConfig = z.object({
  /** `production` shuts the demo accounts out. */
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** How long an access token is good for. */
  ACCESS_TOKEN_MINUTES: z.coerce.number().positive().max(1_440).default(15),
  /** How long a session lives after it was last refreshed. */
  REFRESH_TOKEN_DAYS: z.coerce.number().positive().max(365).default(30),
})

export type UsersConfig = z.infer<typeof usersConfig>
