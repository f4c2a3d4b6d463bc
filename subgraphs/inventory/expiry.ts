import { repeatOnWake, type WakingLoop } from '../../platform/work/loop.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import type { Database, Queryable } from '../../platform/postgres/database.ts'
import { carryOut, stockStates } from './checkout.ts'
import type { InventoryStore } from './stores/store.ts'

const batchSize = 100

/** Frees what was held for longer than a reservation lasts. */
export function expireReservations(parts: {
  readonly database: Database
  readonly log: Logger
  storeIn(queryable: Queryable): InventoryStore
}): WakingLoop {
  const { database, log, storeIn } = parts
  function expire(orderId: string): Promise<void> {
    return database.transaction(async (transaction) => {
      const store = storeIn(transaction)
      const stored = (await store.lockReservations([orderId])).get(orderId)
      // Committed or released since it was listed.
      if (stored?.reservation.state !== 'HELD') return
      const command = { kind: 'RELEASE', why: 'EXPIRED' } as const
      const { answers, levels } = await carryOut([{ orderId, command }], { store, holdFor: 0 })
      transaction.publish(...answers, ...stockStates(levels))
    })
  }

  return repeatOnWake({
    name: 'expiry of reservations',
    log,
    sweepEvery: 5_000,
    async turn() {
      for (const orderId of await storeIn(database).expiredReservations(batchSize)) {
        // One that cannot be freed must not keep the others held.
        await expire(orderId).catch((thrown: unknown) => log.error({ err: thrown, orderId }, 'a hold was not freed'))
      }
    },
  })
}
