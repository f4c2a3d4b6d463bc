import { z } from 'zod'

/** What can be set of every connection to MongoDB. */
export const mongodbConfig = z.object({
  /** Where it is, and, where the address names one, the database. */
  MONGODB_URL: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/[^/\s]+(\/\S*)?$/)
    .describe('an address such as mongodb://user:password@mongodb.internal:27017/souk_products')
    .optional(),
  /** Milliseconds that a read or a write may take in all: finding the server, a free connection, the answer, a retry. */
  MONGODB_TIMEOUT_MS: z.coerce.number().int().min(100).max(600_000).default(2_500),
})
