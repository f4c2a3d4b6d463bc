import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, beforeAll } from 'vitest'

import { systemClock } from '../../platform/clock.ts'
import { newUuid } from '../../platform/ids.ts'
import { mongodbConfig } from '../../platform/mongodb/config.ts'
import { mongoDatabase, type MongoDatabase, type MongoDatabaseOptions } from '../../platform/mongodb/database.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { mongoServer, type MongoServer } from '../../scripts/servers/mongodb.ts'
import { fastestFolder } from './fast-folder.ts'

export interface TestMongo {
  server(): MongoServer
  /** A fresh, empty database. */
  database(options?: Partial<MongoDatabaseOptions>): MongoDatabase
}

/** One MongoDB for the tests of a file. */
export function mongoForTests(): TestMongo {
  const held: { folder?: string; server?: MongoServer } = {}
  beforeAll(async () => {
    held.folder = await mkdtemp(join(await fastestFolder(), 'souk-mongodb-'))
    held.server = await mongoServer({ folder: held.folder })
  })
  afterAll(async () => {
    await held.server?.stop()
    if (held.folder !== undefined) await rm(held.folder, { recursive: true, force: true })
  })
  function server(): MongoServer {
    if (held.server === undefined) throw new Error('the server has not been started')
    return held.server
  }
  return { server, database: (options) => mongoDatabaseOn(server().url, options) }
}

/** A database of its own on a server. */
export function mongoDatabaseOn(url: string, options: Partial<MongoDatabaseOptions> = {}): MongoDatabase {
  return mongoDatabase({
    url,
    name: `test_${newUuid().replaceAll('-', '')}`,
    // The stand-in for MongoDB is slow, and slower beside other tests.
    timeout: mongodbConfig.parse({ MONGODB_TIMEOUT_MS: 20_000 }).MONGODB_TIMEOUT_MS,
    stamp: { source: 'products', clock: systemClock, newId: newUuid },
    log: createLogger('silent'),
    ...options,
  })
}

/** Leaves nothing behind on a server that others use too. */
export async function dropMongoDatabase({ db, client }: MongoDatabase): Promise<void> {
  await db.dropDatabase()
  await client.close()
}
