import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { StartError } from './start-error.ts'

/** Where the Redis of a cart that runs apart keeps what it has. It is there until cart has ended in order. */
export function cartsOnRedis(dataDir: string): string {
  return join(dataDir, 'redis')
}

/**
 * Carts that change in PostgreSQL while older ones lie on Redis are lost when cart runs on that Redis once more, which takes
 * what it has for what is. @throws StartError
 */
export function assertNoCartsOnRedis(dataDir: string): void {
  const folder = cartsOnRedis(dataDir)
  if (!existsSync(folder)) return
  throw new StartError(`${folder} has carts of an npm run extract -- cart --redis that did not end in order.`, {
    cure: 'Run that again and end it by Ctrl-C, which brings them back; or remove the folder, and with it what its last second changed.',
  })
}
