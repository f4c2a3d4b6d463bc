import { createWaiters, type Notifications } from '../messaging/notifications.ts'
import { unlessAborted } from '../work/deadline.ts'
import type { MongoDatabase } from './database.ts'

/** Milliseconds after which everybody who waits looks again, whatever was noticed. */
const sweepEvery = 500
const betweenTries = 2_000

export interface MongoNotifications extends Notifications {
  /** For who changed it in this process; the others see it in the change stream. */
  notify(key: string): void
}

/**
 * Notifies when a collection has changed. A change stream makes it quick; that nobody waits in vain is by the sweep
 * alone, also where the server has no change streams (a MongoDB that is no replica set).
 * @param keys what is waited for, by the collection in which it changes
 */
export function mongoNotifications(
  database: MongoDatabase,
  keys: Readonly<Record<string, string>>,
): MongoNotifications {
  const waiters = createWaiters()
  return {
    until: waiters.until,
    notify: waiters.notify,
    listen() {
      const sweep = setInterval(waiters.notifyAll, sweepEvery)
      const ending = new AbortController()
      const watching = watchCollections(database, {
        collections: Object.keys(keys),
        changed: (collection) => waiters.notify(keys[collection] ?? ''),
        ending: ending.signal,
      })
      return Promise.resolve({
        async stop() {
          clearInterval(sweep)
          ending.abort()
          await watching
        },
      })
    },
  }
}

interface Watching {
  readonly collections: readonly string[]
  changed(collection: string): void
  readonly ending: AbortSignal
}

/** Follows the change stream, and opens another when it breaks, until it is to end. */
async function watchCollections(database: MongoDatabase, watching: Watching): Promise<void> {
  const { ending } = watching
  while (!ending.aborted) {
    await followChanges(database, watching).catch((error: unknown) => {
      if (!ending.aborted) database.log.debug({ err: error }, 'no change stream; those who wait look by themselves')
    })
    await unlessAborted(pause, ending).catch(() => undefined)
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, betweenTries).unref())
}

async function followChanges({ db }: MongoDatabase, { collections, changed, ending }: Watching): Promise<void> {
  const pipeline = [{ $match: { 'ns.coll': { $in: collections } } }, { $project: { ns: 1 } }]
  // It has no end, so it has no deadline.
  const stream = db.watch<{ ns: { coll: string } }, { ns: { coll: string } }>(pipeline, { timeoutMS: 0 })
  const close = () => void stream.close().catch(() => undefined)
  ending.addEventListener('abort', close, { once: true })
  try {
    for await (const { ns } of stream) changed(ns.coll)
  } finally {
    ending.removeEventListener('abort', close)
    await stream.close()
  }
}
