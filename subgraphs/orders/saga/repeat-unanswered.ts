import { doDueWork, type DueWork } from '../../../platform/work/due-work.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import type { Database } from '../../../platform/messaging/database.ts'
import type { AdvanceOrder } from './advance-order.ts'
import type { DueOrder, OrderStore } from '../stores/store.ts'

/** Milliseconds a claimed order is left to the process that claimed it. */
const hideFor = 10_000

/** Sends again what nobody has answered in time; recipients answer a repeat with the same answer. */
export function repeatUnanswered(parts: {
  readonly database: Database<OrderStore>
  readonly log: Logger
  readonly advanceOrder: AdvanceOrder
}): DueWork {
  const { database, log, advanceOrder } = parts
  return doDueWork<DueOrder>({
    name: 'unanswered commands of the checkout',
    log,
    concurrency: 4,
    claim: (limit) => database.store.claimDue(limit, hideFor),
    perform: ({ orderId, version }) =>
      database.transaction(async (transaction) => {
        const open = (await transaction.store.lock([orderId])).get(orderId)
        // The answer has come meanwhile.
        if (open?.order.version !== version) return
        log.warn({ orderId, state: open.order.checkout.state }, 'a step of a checkout was not answered in time')
        await advanceOrder(open, { input: { kind: 'DEADLINE_PASSED' } }, transaction)
      }),
  })
}
