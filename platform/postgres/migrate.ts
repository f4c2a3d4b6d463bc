import { fileURLToPath } from 'node:url'

import type pg from 'pg'
import Postgrator from 'postgrator'

const ownMigrations = fileURLToPath(new URL('./migrations', import.meta.url))

/**
 * Brings one subgraph's database to its newest version: first the tables every subgraph has (outbox, inbox), then its
 * own numbered files. Replicas that start together take turns.
 * @param folder absolute path of the folder with files `001.do.<what>.sql`
 */
export async function migrateSubgraph(pool: pg.Pool, folder: string | undefined): Promise<void> {
  await migrate(pool, { folder: ownMigrations, table: 'platform_version' })
  if (folder !== undefined) await migrate(pool, { folder, table: 'schema_version' })
}

/** Runs the files of `folder` that the database has not had yet, each in a transaction of its own. */
export async function migrate(pool: pg.Pool, { folder, table }: { folder: string; table: string }): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [table])
    const postgrator = new Postgrator({
      driver: 'pg',
      migrationPattern: `${folder}/*.sql`,
      schemaTable: table,
      execQuery: (query) => client.query(query),
      execSqlScript: async (script) => {
        await client.query(`begin;\n${script}\n;commit;`)
      },
    })
    await postgrator.migrate()
  } finally {
    // Ending the connection, not returning it: it frees the lock, and a failed script leaves nothing open behind.
    client.release(true)
  }
}
