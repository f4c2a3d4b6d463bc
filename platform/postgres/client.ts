import type pg from 'pg'

import { asError } from '../errors.ts'

/**
 * Lends one connection of the pool, for statements that belong together. A connection that breaks meanwhile fails what
 * runs on it and is thrown away: checked out, it has no listener of the pool's, and would end the process.
 */
async function withClient<Result>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  const onError = (error: Error) => (broken = error)
  client.on('error', onError)
  try {
    return await work(client)
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}

/** As `withClient`; what `work` has begun is rolled back when it rejects, and a connection that cannot even do that is thrown away. */
export function withTransactionClient<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  return withClient(pool, async (client) => {
    try {
      return await work(client)
    } catch (thrown) {
      await client.query('rollback').catch((error: unknown) => client.emit('error', asError(error)))
      throw thrown
    }
  })
}
