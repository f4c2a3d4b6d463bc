import type { Clock } from '../../platform/clock.ts'
import type { Transaction } from '../../platform/messaging/database.ts'
import { currentTraceId } from '../../platform/telemetry/trace.ts'
import { advance, type Happening } from './advance.ts'
import { patience } from './domain/checkout.ts'
import type { OpenOrder, OrderStore } from './stores/store.ts'

export interface CheckoutDependencies {
  readonly clock: Clock
  /** Milliseconds that a command may stay unanswered the first time. */
  readonly stepDeadline: number
}

/** Carries an open order on by what happens to it. */
export type CarryOn = (open: OpenOrder, happening: Happening, transaction: Transaction<OrderStore>) => Promise<void>

/** State, steps, timer and messages of one happening are one atomic write. */
export function carryingOn({ clock, stepDeadline }: CheckoutDependencies): CarryOn {
  return async (open, happening, transaction) => {
    const { store } = transaction
    const moment = { at: clock(), traceId: currentTraceId() }
    const { changed, order, steps, messages } = advance(open, happening, moment)
    if (changed) await store.save(order, { steps, patience: patience(order.checkout, stepDeadline) })
    else await store.keep(order.id, steps)
    transaction.publish(...messages)
  }
}
