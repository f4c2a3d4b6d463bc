import { availableParallelism } from 'node:os'

import { hash, verify } from '@node-rs/argon2'

import { bulkhead } from '../../../platform/limits/bulkhead.ts'

// What OWASP asks of argon2id (the library's default variant): 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Passwords are normalised before they come here. */
export interface Passwords {
  /** @throws SoukError RATE_LIMITED when too many wait already */
  hash(password: string): Promise<string>
  /**
   * Whether the password is the one that was hashed. Costs the same when there is no hash, so that nobody learns that.
   * @throws SoukError RATE_LIMITED when too many wait already
   */
  matches(password: string, passwordHash: string | undefined): Promise<boolean>
}

/**
 * Each hash keeps one core busy for tens of milliseconds, on a thread of libuv's pool that files and names are looked up
 * on as well. So one core is left to all else, and the rest of the hashes wait in turn.
 */
export function createPasswords(limits: { readonly atOnce?: number | undefined; readonly waiting: number }): Passwords {
  const atOnce = limits.atOnce ?? Math.max(1, Math.min(availableParallelism() - 1, threadsOfThePool - 1))
  const { run } = bulkhead({ atOnce, waiting: limits.waiting, retryAfter: 5 })
  return {
    hash: (password) => run(() => hash(password, cost)),
    async matches(password, passwordHash) {
      if (passwordHash !== undefined) return run(() => verify(passwordHash, password))
      await run(() => hash(password, cost))
      return false
    },
  }
}

/** What libuv has where UV_THREADPOOL_SIZE says nothing else. */
const threadsOfThePool = 4
