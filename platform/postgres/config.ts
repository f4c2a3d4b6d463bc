import type { PoolConfig } from 'pg'
import { z } from 'zod'

/** What can be set of every connection to PostgreSQL. */
export const databaseConfig = z.object({
  /** Milliseconds that a connection may take, waiting for a free one of the pool included. */
  DATABASE_CONNECT_MS: z.coerce.number().int().min(100).max(600_000).default(10_000),
  /** Milliseconds that a statement may take. */
  DATABASE_STATEMENT_MS: z.coerce.number().int().min(100).max(3_600_000).default(30_000),
})

/** What a server that is merely slow has beyond its own limit, to say that it gave up. */
const grace = 1_000

/**
 * How long is waited for a database. The server ends a statement that takes too long; one whose backend hangs cannot,
 * so the client gives up a moment later, and closes the connection. Nothing holds a place in a pool for ever.
 */
export function databasePatience(config: z.infer<typeof databaseConfig>): PoolConfig {
  const { DATABASE_CONNECT_MS: connect, DATABASE_STATEMENT_MS: statement } = config
  return {
    connectionTimeoutMillis: connect,
    statement_timeout: statement,
    // A transaction whose client hangs would keep its locks.
    idle_in_transaction_session_timeout: statement,
    query_timeout: statement + grace,
  }
}
