import { Client, type PoolConfig } from 'pg'

import { postgresHome } from './data-folder/data-folder.ts'
import { connectionTo } from './databases.ts'
import { socketFolderOf } from './data-folder/socket-folder.ts'

/** How to reach the databases of the Souk that runs on the folder now; undefined when none does. */
export async function connectionOfRunning(dataDir: string): Promise<((database: string) => PoolConfig) | undefined> {
  const socketDir = await socketFolderOf(await postgresHome(dataDir))
  if (socketDir === undefined || !(await answers(socketDir))) return undefined
  return (database) => connectionTo(socketDir, database)
}

async function answers(socketDir: string): Promise<boolean> {
  const client = new Client(connectionTo(socketDir, 'postgres'))
  try {
    await client.connect()
    return true
  } catch {
    // Whatever the reason, nobody serves there.
    return false
  } finally {
    await client.end()
  }
}
