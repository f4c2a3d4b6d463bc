import { z } from 'zod'

/** What can be set of every connection to Redis. */
export const redisConfig = z.object({
  /** Where it is; several addresses by commas are nodes of one Redis Cluster. */
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/[^,\s]+(,rediss?:\/\/[^,\s]+)*$/)
    .describe('redis://host:port, or several by commas')
    .optional(),
  /** Milliseconds that a command may take. */
  REDIS_DEADLINE_MS: z.coerce.number().int().min(50).max(60_000).default(1_000),
})
