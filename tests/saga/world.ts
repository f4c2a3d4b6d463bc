import {
  decide as decideStock,
  decideSetStock,
  type OrderAnswer as StockAnswer,
} from '../../subgraphs/inventory/domain/decide.ts'
import { evolve as evolveStock } from '../../subgraphs/inventory/domain/evolve.ts'
import {
  availableUnits,
  emptyInventory,
  type Inventory,
  type InventoryEvent,
  type OrderCommand as StockCommand,
} from '../../subgraphs/inventory/domain/inventory.ts'
import { initialCheckout, type CommandKind, type Input } from '../../subgraphs/orders/domain/checkout.ts'
import { decide } from '../../subgraphs/orders/domain/decide.ts'
import { evolve } from '../../subgraphs/orders/domain/evolve.ts'
import { decide as decidePayment } from '../../subgraphs/payments/domain/decide.ts'
import { evolve as evolvePayment } from '../../subgraphs/payments/domain/evolve.ts'
import type { Answer, Outcome, Payment, PaymentInput } from '../../subgraphs/payments/domain/payment.ts'

/** A message on its way: a command to a neighbour, or an answer to the order. */
export type Travelling =
  | { readonly to: 'inventory'; readonly command: StockCommand }
  | { readonly to: 'payments'; readonly input: PaymentInput }
  | { readonly to: 'orders'; readonly input: Input }

export type World = ReturnType<typeof createWorld>

const orderId = 'order'
const variantId = 'mug'
const lines = [{ variantId, quantity: 2 }]
const total = { amount: 500, currency: 'GBP' }

/**
 * One checkout among the real rules of its neighbours, with no bus, no database and no clock. Whoever drives it says
 * what arrives when, what others buy, and what the provider does.
 */
export function createWorld({ onHand }: { onHand: number }) {
  let checkout = initialCheckout
  let inventory: Inventory = { ...emptyInventory, stock: new Map([[variantId, { onHand, held: 0 }]]) }
  let payment: Payment | undefined
  let captureAsked = false
  let others = 0
  let found = 0

  /** How many units other orders have bought. */
  function sold(): number {
    return [...inventory.reservations]
      .filter(([order, { state }]) => order !== orderId && state === 'COMMITTED')
      .flatMap(([, reservation]) => ('lines' in reservation ? reservation.lines : []))
      .reduce((sum, { quantity }) => sum + quantity, 0)
  }

  const units = () => inventory.stock.get(variantId) ?? { onHand: 0, held: 0 }

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

  function changeStock(events: readonly InventoryEvent[]): void {
    inventory = events.reduce(evolveStock, inventory)
    const { onHand: now, held } = units()
    if (held < 0 || held > now) throw new Error(`${held} units of ${now} are held`)
  }

  /** Inventory carries out a command; what it answers is for the order of this world alone. */
  function moveStock(command: StockCommand): Travelling[] {
    const { answer, events } = decideStock(command, inventory)
    changeStock(events)
    return command.orderId === orderId && answer !== null ? [toOrders(inputFrom(answer))] : []
  }

  function pay(input: PaymentInput): Travelling[] {
    const { events, answer } = decidePayment(input, payment)
    payment = events.reduce<Payment | undefined>(evolvePayment, payment)
    return paymentAnswer(answer)
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
          return pay(message.input)
      }
    },

    /** The provider answers the call that payments makes, if it makes one. */
    provide(outcome: Outcome['kind']): Travelling[] {
      return payment ? pay({ kind: 'PROVIDER_CALLED', outcome: outcomeFor(payment, outcome) }) : []
    },

    expire: () => moveStock({ kind: 'EXPIRE', orderId }),

    /** Somebody else buys what is left. */
    sellOut(): void {
      const quantity = availableUnits(units())
      if (quantity === 0) return
      others += 1
      moveStock({ kind: 'COMMIT', orderId: `another ${others}`, lines: [{ variantId, quantity }] })
    },

    /** They bring it back. */
    takeBack(): void {
      for (let other = 1; other <= others; other += 1) moveStock({ kind: 'RELEASE', orderId: `another ${other}` })
    },

    /** Staff count the shelf, and find more or fewer units than were known of. */
    count(wanted: number): void {
      const before = units().onHand
      changeStock(decideSetStock({ variantId, onHand: wanted }, inventory).events)
      found += units().onHand - before
    },

    view: () => ({
      checkout,
      reservation: inventory.reservations.get(orderId),
      units: units(),
      payment,
      sold: sold(),
      found,
    }),
  }
}

const travelling: Readonly<Record<CommandKind, Travelling>> = {
  RESERVE_STOCK: { to: 'inventory', command: { kind: 'RESERVE', orderId, lines } },
  COMMIT_STOCK: { to: 'inventory', command: { kind: 'COMMIT', orderId, lines } },
  RELEASE_STOCK: { to: 'inventory', command: { kind: 'RELEASE', orderId } },
  CAPTURE_PAYMENT: {
    to: 'payments',
    input: { kind: 'CAPTURE_ASKED', payment: { id: 'payment', orderId, userId: 'user', amount: total } },
  },
  REFUND_PAYMENT: { to: 'payments', input: { kind: 'REFUND_ASKED', amount: total } },
}

function toOrders(input: Input): Travelling {
  return { to: 'orders', input }
}

function inputFrom(answer: StockAnswer): Input {
  switch (answer.kind) {
    case 'RESERVED':
      return { kind: 'STOCK_RESERVED' }
    case 'COMMITTED':
      return { kind: 'STOCK_COMMITTED' }
    case 'RELEASED':
      return { kind: 'STOCK_RELEASED', why: answer.why }
    case 'REFUSED':
      return { kind: 'STOCK_REFUSED', short: answer.shortages.length > 0 }
  }
}

function paymentAnswer(answer: Answer | null): Travelling[] {
  if (answer === null) return []
  const kinds = { CAPTURED: 'PAYMENT_CAPTURED', DECLINED: 'PAYMENT_DECLINED', REFUNDED: 'PAYMENT_REFUNDED' } as const
  return [toOrders({ kind: kinds[answer] })]
}

/** A provider refunds what it is asked to refund, and answers a capture as it is made to. */
function outcomeFor({ next }: Payment, kind: Outcome['kind']): Outcome {
  if (next === 'REFUND') return { kind: kind === 'NO_ANSWER' || kind === 'ERROR' ? kind : 'REFUNDED' }
  return kind === 'DECLINED' ? { kind, reason: 'card_declined' } : { kind: kind === 'REFUNDED' ? 'CAPTURED' : kind }
}
