import { repeatOnWake, type WakingLoop } from '../../platform/work/loop.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import type { Database } from '../../platform/messaging/database.ts'
import { moveStock } from './move-stock.ts'
import type { InventoryStore } from './stores/store.ts'

const batchSize = 100

/** Frees what was held for longer than a reservation lasts. */
export function expireReservations(parts: {
  readonly database: Database<InventoryStore>
  readonly log: Logger
}): WakingLoop {
  const { database, log } = parts
  function expire(orderId: string): Promise<void> {
    return database.transaction(async (transaction) => {
      const { answers, states } = await moveStock([{ kind: 'EXPIRE', orderId }], {
        store: transaction.store,
        holdFor: 0,
      })
      transaction.publish(...answers.filter((answer) => answer !== undefined), ...states)
    })
  }

  return repeatOnWake({
    name: 'expiry of reservations',
    log,
    sweepEvery: 5_000,
    async turn() {
      for (const orderId of await database.store.expiredReservations(batchSize)) {
        // One that cannot be freed must not keep the others held.
        await expire(orderId).catch((thrown: unknown) => {
          log.error({ err: thrown, orderId }, 'an expired reservation was not freed')
        })
      }
    },
  })
}
