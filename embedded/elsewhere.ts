import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { isSameStore, storeAddress } from '../platform/store-address.ts'
import { unlessFailedWith } from './postgres/system-error.ts'
import { StartError } from './start-error.ts'
import { writeWhole } from './write-whole.ts'

/** Where the Redis of a cart that runs apart keeps what it has. It is there until cart has ended in order. */
export function cartsOnRedis(dataDir: string): string {
  return join(dataDir, 'redis')
}

/** Whether carts change on Redis, or lie there since cart was killed. */
export function areCartsOnRedis(dataDir: string): boolean {
  return existsSync(cartsOnRedis(dataDir))
}

/**
 * Carts that change in PostgreSQL while older ones lie on Redis are lost when cart runs on that Redis once more, which takes
 * what it has for what is. @throws StartError
 */
export function assertNoCartsOnRedis(dataDir: string): void {
  if (!areCartsOnRedis(dataDir)) return
  throw new StartError(
    `${cartsOnRedis(dataDir)} has carts of an npm run extract -- cart --redis that did not end in order.`,
    {
      cure: 'Run that again and end it by Ctrl-C, which brings them back; or remove the folder, and with it what its last second changed.',
    },
  )
}

/** The MongoDB that the folder's products have moved to, as may be shown; undefined while they lie in PostgreSQL. */
export async function productsOnMongodb(dataDir: string): Promise<string | undefined> {
  const address = await unlessFailedWith(['ENOENT', 'ENOTDIR'], readFile(mongodbNote(dataDir), 'utf8'))
  return address?.trim()
}

/** From now on they change there, and nothing brings them back. */
export async function noteProductsOnMongodb(dataDir: string, url: string): Promise<void> {
  await writeWhole(mongodbNote(dataDir), `${storeAddress(url)}\n`)
}

/**
 * Products that have moved are neither read nor changed in PostgreSQL any more, nor on another MongoDB.
 * @param url what MONGODB_URL names, where they are to be used on MongoDB
 * @param cure where none is named
 * @throws StartError
 */
export async function assertProductsThere(dataDir: string, url?: string, cure = runThere(dataDir)): Promise<void> {
  const moved = await productsOnMongodb(dataDir)
  if (moved === undefined || (url !== undefined && isSameStore(moved, storeAddress(url)))) return
  const where = `The products of ${dataDir} have moved to the MongoDB at ${moved}`
  if (url !== undefined) {
    throw new StartError(`${where}, and MONGODB_URL names ${storeAddress(url)}.`, { cure: 'Set MONGODB_URL to it.' })
  }
  throw new StartError(`${where}.`, { cure })
}

function runThere(dataDir: string): string {
  return `Run npm run extract -- products with that MONGODB_URL; or remove ${mongodbNote(dataDir)}, and with it what has changed of products since.`
}

function mongodbNote(dataDir: string): string {
  return join(dataDir, 'products-on-mongodb')
}
