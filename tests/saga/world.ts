import {
  decide as decideStock,
  shortagesOf,
  stockedShelf,
  unitsChanged,
  type Command as StockCommand,
  type Reservation,
  type StockLevel,
} from '../../subgraphs/inventory/domain.ts'
import { initialCheckout, type CommandKind, type Input } from '../../subgraphs/orders/domain/checkout.ts'
import { decide } from '../../subgraphs/orders/domain/decide.ts'
import { evolve } from '../../subgraphs/orders/domain/evolve.ts'
import {
  applyOutcome,
  askRefund,
  newPayment,
  repeatCapture,
  type Answer,
  type Outcome,
  type Payment,
} from '../../subgraphs/payments/domain.ts'

/** A message on its way: a command to a neighbour, or an answer to the order. */
export type Travelling =
  | { readonly to: 'inventory'; readonly command: StockCommand }
  | { readonly to: 'payments'; readonly command: 'CAPTURE' | 'REFUND' }
  | { readonly to: 'orders'; readonly input: Input }

export type World = ReturnType<typeof createWorld>

const lines = [{ variantId: 'mug', quantity: 2 }]
const total = { amount: 500, currency: 'GBP' }

/**
 * One checkout among the real rules of its neighbours, with no bus, no database and no clock. Whoever drives it says
 * what arrives when, what others buy, and what the provider does.
 */
export function createWorld({ onHand }: { onHand: number }) {
  let checkout = initialCheckout
  let reservation: Reservation = { state: 'NONE' }
  let level: StockLevel = { variantId: 'mug', onHand, held: 0, version: 1 }
  let payment: Payment | undefined
  let captureAsked = false
  let sold = 0

  function happen(input: Input): Travelling[] {
    const { events, commands } = decide(input, checkout)
    checkout = events.reduce(evolve, checkout)
    return commands.map(send)
  }

  function send(command: CommandKind): Travelling {
    const unknown = captureAsked && (payment === undefined || ['PENDING', 'UNKNOWN'].includes(payment.status))
    if (unknown && (command === 'RELEASE_STOCK' || command === 'REFUND_PAYMENT')) {
      throw new Error(`${command} while nobody knows whether the payment was captured`)
    }
    captureAsked ||= command === 'CAPTURE_PAYMENT'
    return travelling[command]
  }

  function moveStock(command: StockCommand): Travelling[] {
    const decision = decideStock(command, reservation)
    switch (decision.kind) {
      case 'HOLD':
      case 'TAKE': {
        const short = shortagesOf(decision.lines, stockedShelf([level])).length > 0
        if (short) return [toOrders({ kind: 'STOCK_REFUSED', short })]
        reservation = { state: decision.kind === 'HOLD' ? 'HELD' : 'COMMITTED', lines: decision.lines }
        break
      }
      case 'SELL_HELD':
        reservation = { state: 'COMMITTED', lines: decision.lines }
        break
      case 'FREE_HELD':
      case 'PUT_BACK':
        reservation = { state: 'RELEASED', why: command.kind === 'RELEASE' ? command.why : 'ASKED' }
        break
      case 'BURY':
        reservation = { state: 'RELEASED', why: 'ASKED' }
        return [stockAnswer(reservation)]
      case 'REFUSE':
        return [toOrders({ kind: 'STOCK_REFUSED', short: false })]
      case 'RESERVED_ALREADY':
      case 'COMMITTED_ALREADY':
      case 'RELEASED_ALREADY':
        return [stockAnswer(reservation)]
    }
    const units = unitsChanged[decision.kind]
    const quantity = lines.reduce((sum, line) => sum + line.quantity, 0)
    level = { ...level, onHand: level.onHand + units.onHand * quantity, held: level.held + units.held * quantity }
    return [stockAnswer(reservation)]
  }

  function pay(command: 'CAPTURE' | 'REFUND'): Travelling[] {
    if (command === 'REFUND') {
      if (payment === undefined) throw new Error('a refund of nothing')
      const step = askRefund(payment, total)
      payment = step.payment
      return paymentAnswer(step.answer)
    }
    if (payment !== undefined) return paymentAnswer(repeatCapture(payment))
    payment = newPayment({ id: 'payment', orderId: 'order', userId: 'user', amount: total })
    return []
  }

  return {
    happen,

    /** A message arrives; returns what is sent on its account. */
    arrive(message: Travelling): Travelling[] {
      switch (message.to) {
        case 'orders':
          return happen(message.input)
        case 'inventory':
          return moveStock(message.command)
        case 'payments':
          return pay(message.command)
      }
    },

    /** The provider answers the call that payments makes, if it makes one. */
    provide(outcome: Outcome['kind']): Travelling[] {
      if (!payment?.next) return []
      const step = applyOutcome(payment, outcomeFor(payment, outcome))
      payment = step.payment
      return paymentAnswer(step.answer)
    },

    expire(): Travelling[] {
      return reservation.state === 'HELD' ? moveStock({ kind: 'RELEASE', why: 'EXPIRED' }) : []
    },

    /** Somebody else buys what is left. */
    sellOut(): void {
      sold += level.onHand - level.held
      level = { ...level, onHand: level.held }
    },

    /** They bring it back. */
    takeBack(): void {
      level = { ...level, onHand: level.onHand + sold }
      sold = 0
    },

    view: () => ({ checkout, reservation, level, payment, sold }),
  }
}

const travelling: Readonly<Record<CommandKind, Travelling>> = {
  RESERVE_STOCK: { to: 'inventory', command: { kind: 'RESERVE', lines } },
  COMMIT_STOCK: { to: 'inventory', command: { kind: 'COMMIT', lines } },
  RELEASE_STOCK: { to: 'inventory', command: { kind: 'RELEASE', why: 'ASKED' } },
  CAPTURE_PAYMENT: { to: 'payments', command: 'CAPTURE' },
  REFUND_PAYMENT: { to: 'payments', command: 'REFUND' },
}

function toOrders(input: Input): Travelling {
  return { to: 'orders', input }
}

function stockAnswer(reservation: Reservation): Travelling {
  switch (reservation.state) {
    case 'HELD':
      return toOrders({ kind: 'STOCK_RESERVED' })
    case 'COMMITTED':
      return toOrders({ kind: 'STOCK_COMMITTED' })
    case 'RELEASED':
      return toOrders({ kind: 'STOCK_RELEASED', why: reservation.why })
    case 'NONE':
      throw new Error('there is nothing to tell of')
  }
}

function paymentAnswer(answer: Answer | null): Travelling[] {
  if (answer === null) return []
  const kinds = { CAPTURED: 'PAYMENT_CAPTURED', DECLINED: 'PAYMENT_DECLINED', REFUNDED: 'PAYMENT_REFUNDED' } as const
  return [toOrders({ kind: kinds[answer] })]
}

/** A provider refunds what it is asked to refund, and says of a capture what it is made to say. */
function outcomeFor({ next }: Payment, kind: Outcome['kind']): Outcome {
  if (next === 'REFUND') return { kind: kind === 'NO_ANSWER' || kind === 'ERROR' ? kind : 'REFUNDED' }
  return kind === 'DECLINED' ? { kind, reason: 'card_declined' } : { kind: kind === 'REFUNDED' ? 'CAPTURED' : kind }
}
