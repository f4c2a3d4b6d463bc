import type { Clock } from '../../../platform/clock.ts'
import type { Transaction } from '../../../platform/messaging/database.ts'
import { currentTraceId } from '../../../platform/telemetry/trace.ts'
import { applyInput, type RecordedInput } from './apply-input.ts'
import { patience } from '../domain/checkout.ts'
import type { OpenOrder, OrderStore } from '../stores/store.ts'

export interface AdvanceDependencies {
  readonly clock: Clock
  /** Milliseconds that a command may stay unanswered the first time. */
  readonly stepDeadline: number
}

/** Applies an input to an order that is locked, and keeps what comes of it. */
export type AdvanceOrder = (
  open: OpenOrder,
  recorded: RecordedInput,
  transaction: Transaction<OrderStore>,
) => Promise<void>

/** State, steps, timer and messages of one input are one atomic write. */
export function advancingOrders({ clock, stepDeadline }: AdvanceDependencies): AdvanceOrder {
  return async (open, recorded, transaction) => {
    const { store } = transaction
    const moment = { at: clock(), traceId: currentTraceId() }
    const { changed, order, steps, messages } = applyInput(open, recorded, moment)
    if (changed) await store.save(order, { steps, patience: patience(order.checkout, stepDeadline) })
    else await store.keep(order.id, steps)
    transaction.publish(...messages)
  }
}
