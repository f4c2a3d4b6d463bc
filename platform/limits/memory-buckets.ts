import { LRUCache } from 'lru-cache'

import type { Clock } from '../clock.ts'
import { takeFrom, type LimitRate } from './buckets.ts'

/** Buckets that are kept of one name; beyond, the one that was asked for longest ago is full again. */
const mostKeys = 50_000

/** Buckets of this process alone; they are full when it starts. */
export function memoryBuckets(clock: Clock): LimitRate {
  return (_name, policy) => {
    const fullAt = new LRUCache<string, number>({ max: mostKeys })
    return {
      take(key, tokens) {
        const bucket = takeFrom(fullAt.get(key) ?? 0, { tokens, now: clock().getTime(), policy })
        fullAt.set(key, bucket.fullAt)
        return Promise.resolve(bucket.taken)
      },
    }
  }
}
