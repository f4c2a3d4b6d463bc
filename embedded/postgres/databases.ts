import { Client, type PoolConfig } from 'pg'

import { databaseUser } from './cluster.ts'
import { socketPort } from './data-folder/socket-folder.ts'

/** How to reach a database of the server whose socket is in the folder. */
export function connectionTo(socketDir: string, database: string): PoolConfig {
  // `ssl` is given so that PGSSLMODE in somebody's environment has no say.
  return { host: socketDir, port: socketPort, user: databaseUser, database, ssl: false }
}

/** Creates those of the databases that are not there yet. */
export async function ensureDatabases(socketDir: string, names: readonly string[]): Promise<void> {
  const client = new Client(connectionTo(socketDir, 'postgres'))
  await client.connect()
  try {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database')
    const existing = new Set(rows.map((row) => row.datname))
    const missing = [...new Set(names)].filter((name) => !existing.has(name))
    for (const name of missing)
      await client.query(`create database ${client.escapeIdentifier(name)} template template0`)
  } finally {
    await client.end()
  }
}
