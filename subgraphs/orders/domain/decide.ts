import {
  owedCommands,
  type Checkout,
  type CheckoutEvent,
  type CommandKind,
  type Input,
  type LaterInput,
  type OrderReason,
} from './checkout.ts'
import { evolve } from './evolve.ts'

export interface Decision {
  readonly events: readonly CheckoutEvent[]
  readonly commands: readonly CommandKind[]
}

/** Answers that come twice, or when nobody waits for them any more, are ordinary. */
const nothing: Decision = { events: [], commands: [] }

/** What an input comes to: every pair of state and input is decided here. */
export function decide(input: Input, checkout: Checkout): Decision {
  switch (input.kind) {
    case 'PLACE_ORDER':
      return checkout.state === 'NONE' ? begin(checkout, { kind: 'PLACED' }) : nothing
    case 'DEADLINE_PASSED':
      return repeat(checkout)
    default:
      return decideLater(input, checkout)
  }
}

function decideLater(input: LaterInput, checkout: Checkout): Decision {
  switch (checkout.state) {
    case 'NONE':
      return nothing
    case 'RESERVING':
      return whileReserving(input, checkout)
    case 'CAPTURING':
      return whileCapturing(input, checkout)
    case 'COMMITTING':
      return whileCommitting(input, checkout)
    case 'COMPLETED':
      return onceCompleted(input, checkout)
    case 'COMPENSATING':
    case 'REJECTED':
    case 'CANCELLED':
      return givingBack(input, checkout)
  }
}

/** A reservation may run out before its answer arrives here: the commit takes the stock then, if it is still there. */
function whileReserving(input: LaterInput, checkout: Checkout): Decision {
  switch (input.kind) {
    case 'STOCK_RESERVED':
      return begin(
        checkout,
        { kind: 'STOCK_HELD' },
        { kind: 'STATE_ENTERED', state: checkout.cancelRequested ? 'COMPENSATING' : 'CAPTURING' },
      )
    case 'STOCK_REFUSED':
      return { events: [failure(refusalReason(input)), endOf(checkout)], commands: [] }
    case 'CANCEL_ORDER':
      return requestCancellation(checkout)
    case 'STOCK_COMMITTED':
    case 'STOCK_RELEASED':
    case 'PAYMENT_CAPTURED':
    case 'PAYMENT_DECLINED':
    case 'PAYMENT_REFUNDED':
      return nothing
  }
}

/** Nothing is released or refunded here before the payment's outcome is known. */
function whileCapturing(input: LaterInput, checkout: Checkout): Decision {
  switch (input.kind) {
    case 'PAYMENT_CAPTURED':
      return begin(
        checkout,
        { kind: 'MONEY_CAPTURED' },
        { kind: 'STATE_ENTERED', state: checkout.cancelRequested ? 'COMPENSATING' : 'COMMITTING' },
      )
    case 'PAYMENT_DECLINED':
      return begin(checkout, failure('PAYMENT_DECLINED'), { kind: 'STATE_ENTERED', state: 'COMPENSATING' })
    case 'CANCEL_ORDER':
      return requestCancellation(checkout)
    case 'STOCK_RESERVED':
    case 'STOCK_REFUSED':
    case 'STOCK_COMMITTED':
    case 'STOCK_RELEASED':
    case 'PAYMENT_REFUNDED':
      return nothing
  }
}

function whileCommitting(input: LaterInput, checkout: Checkout): Decision {
  switch (input.kind) {
    case 'STOCK_COMMITTED':
      if (!checkout.cancelRequested) return begin(checkout, { kind: 'STOCK_TAKEN' }, { kind: 'CONFIRMED' })
      return begin(checkout, { kind: 'STOCK_TAKEN' }, { kind: 'STATE_ENTERED', state: 'COMPENSATING' })
    case 'STOCK_REFUSED':
      // It is released although nothing is held: a repeated commit that is still on its way must find a tombstone.
      return begin(checkout, failure(refusalReason(input)), { kind: 'STATE_ENTERED', state: 'COMPENSATING' })
    case 'CANCEL_ORDER':
      return requestCancellation(checkout)
    case 'STOCK_RESERVED':
    case 'STOCK_RELEASED':
    case 'PAYMENT_CAPTURED':
    case 'PAYMENT_DECLINED':
    case 'PAYMENT_REFUNDED':
      return nothing
  }
}

function onceCompleted(input: LaterInput, checkout: Checkout): Decision {
  if (input.kind !== 'CANCEL_ORDER' || checkout.status !== 'CONFIRMED') return nothing
  return begin(checkout, { kind: 'CANCELLATION_REQUESTED' }, { kind: 'STATE_ENTERED', state: 'COMPENSATING' })
}

/** Ends a compensation when nothing is held or charged any more; after the end it still gives back what turns up late. */
function givingBack(input: LaterInput, checkout: Checkout): Decision {
  const { stock, money } = checkout
  switch (input.kind) {
    case 'STOCK_RESERVED':
      // What was freed is never held again, so this answer is the first that shows a reservation.
      return stock === 'NONE' ? giveBack('STOCK_HELD', 'RELEASE_STOCK') : nothing
    case 'STOCK_COMMITTED':
      if (stock === 'TAKEN') return nothing
      if (stock === 'HELD') return { events: [{ kind: 'STOCK_TAKEN' }], commands: [] }
      return giveBack('STOCK_TAKEN', 'RELEASE_STOCK')
    case 'STOCK_RELEASED':
      // What was taken is put back on request only: the expiry is of the time before.
      if (stock === 'HELD' || (stock === 'TAKEN' && input.why === 'ASKED')) return settle(checkout, 'STOCK_FREED')
      return nothing
    case 'PAYMENT_CAPTURED':
      return money === 'NONE' ? giveBack('MONEY_CAPTURED', 'REFUND_PAYMENT') : nothing
    case 'PAYMENT_REFUNDED':
      return money === 'CAPTURED' ? settle(checkout, 'MONEY_REFUNDED') : nothing
    case 'CANCEL_ORDER':
    case 'STOCK_REFUSED':
    case 'PAYMENT_DECLINED':
      return nothing
  }
}

/** The events, and the commands that are owed after them. */
function begin(checkout: Checkout, ...events: CheckoutEvent[]): Decision {
  return { events, commands: owedCommands(events.reduce(evolve, checkout)) }
}

function repeat(checkout: Checkout): Decision {
  const commands = owedCommands(checkout)
  return commands.length === 0 ? nothing : { events: [{ kind: 'COMMANDS_REPEATED' }], commands }
}

function requestCancellation({ cancelRequested }: Checkout): Decision {
  return cancelRequested ? nothing : { events: [{ kind: 'CANCELLATION_REQUESTED' }], commands: [] }
}

function giveBack(kind: 'STOCK_HELD' | 'STOCK_TAKEN' | 'MONEY_CAPTURED', command: CommandKind): Decision {
  return { events: [{ kind }], commands: [command] }
}

function settle(checkout: Checkout, kind: 'STOCK_FREED' | 'MONEY_REFUNDED'): Decision {
  const after = evolve(checkout, { kind })
  const ends = after.state === 'COMPENSATING' && owedCommands(after).length === 0
  return { events: [{ kind }, ...(ends ? [endOf(after)] : [])], commands: [] }
}

/** Whoever asked to cancel is shown a cancelled order, whatever else went wrong. */
function endOf({ cancelRequested }: Checkout): CheckoutEvent {
  return { kind: cancelRequested ? 'CANCELLED' : 'REJECTED' }
}

function failure(reason: OrderReason): CheckoutEvent {
  return { kind: 'FAILED', reason }
}

function refusalReason({ short }: { readonly short: boolean }): OrderReason {
  return short ? 'OUT_OF_STOCK' : 'CONFLICT'
}
