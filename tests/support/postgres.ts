import { randomUUID } from 'node:crypto'
import { Client, Pool, type PoolConfig } from 'pg'
import { inject } from 'vitest'

import { connectionTo } from '../../embedded/postgres/databases.ts'

export interface TestDatabase {
  readonly config: PoolConfig
  readonly pool: Pool
  /** Ends the pool and removes the database, whoever is still connected to it. */
  drop(): Promise<void>
}

/** A fresh, empty database on the test run's PostgreSQL, which `tests/setup/postgres.ts` starts. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  // Copying files beats writing them to the log, and makes removal three times as fast.
  await administer(`create database ${name} template template0 strategy file_copy`)
  const config = connectionTo(inject('postgresSocket'), name)
  const pool = new Pool(config)
  return {
    config,
    pool,
    async drop() {
      // `end` resolves before its sessions have ended; the removal then ends them, and each would say so.
      pool.on('error', () => undefined)
      await pool.end()
      await administer(`drop database ${name} with (force)`)
    },
  }
}

/** Runs the work in one test file at a time, whatever process it is in; a lock ends with its process. */
export async function oneAtATime<Result>(lock: number, work: () => Promise<Result>): Promise<Result> {
  return asAdministrator(async (client) => {
    await client.query('select pg_advisory_lock($1)', [lock])
    return work()
  })
}

async function administer(statement: string): Promise<void> {
  await asAdministrator((client) => client.query(statement))
}

async function asAdministrator<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client(connectionTo(inject('postgresSocket'), 'postgres'))
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
