import {
  availableUnits,
  mergeLines,
  type Inventory,
  type InventoryEvent,
  type OrderCommand,
  type ReleaseReason,
  type Reservation,
  type SetStock,
  type VariantQuantity,
} from './inventory.ts'
import { evolve } from './evolve.ts'

/** What the order is answered. */
export type OrderAnswer =
  | { readonly kind: 'RESERVED' | 'COMMITTED' }
  | { readonly kind: 'RELEASED'; readonly why: ReleaseReason }
  /** Without shortages it is not stock that is missing: the order has been released before. */
  | { readonly kind: 'REFUSED'; readonly shortages: readonly Shortage[] }

export interface Shortage {
  readonly variantId: string
  readonly requested: number
  readonly available: number
}

export interface Decision<Answer> {
  readonly events: readonly InventoryEvent[]
  readonly answer: Answer
}

type OrderDecision = Decision<OrderAnswer>

const released: OrderDecision = { events: [], answer: { kind: 'REFUSED', shortages: [] } }

/** What an order's command comes to. A repeated command is answered alike and moves nothing. */
export function decide(command: OrderCommand, inventory: Inventory): Decision<OrderAnswer | null> {
  const reservation = inventory.reservations.get(command.orderId)
  switch (command.kind) {
    case 'RESERVE':
      if (reservation === undefined) return ifThereIsEnough('HELD', command, inventory)
      return reservation.state === 'RELEASED' ? released : asBefore(reservation)
    case 'COMMIT':
      return commit(command, reservation, inventory)
    case 'RELEASE':
      return release(command.orderId, reservation)
    case 'EXPIRE':
      return expire(command.orderId, reservation)
  }
}

/** What commands come to when they are carried out one after the other: each finds what those before it have left. */
export function decideInTurn(
  commands: readonly OrderCommand[],
  inventory: Inventory,
): { readonly decisions: readonly Decision<OrderAnswer | null>[]; readonly after: Inventory } {
  let after = inventory
  const decisions = commands.map((command) => {
    const decision = decide(command, after)
    after = decision.events.reduce(evolve, after)
    return decision
  })
  return { decisions, after }
}

export type SetStockAnswer =
  | { readonly kind: 'SET' }
  | { readonly kind: 'UNKNOWN_VARIANT' }
  /** Units that are held for orders cannot be counted away. */
  | { readonly kind: 'BELOW_HELD'; readonly held: number }

export function decideSetStock({ variantId, onHand }: SetStock, { stock }: Inventory): Decision<SetStockAnswer> {
  const units = stock.get(variantId)
  if (units === undefined) return { events: [], answer: { kind: 'UNKNOWN_VARIANT' } }
  if (onHand < units.held) return { events: [], answer: { kind: 'BELOW_HELD', held: units.held } }
  const quantity = onHand - units.onHand
  if (quantity === 0) return { events: [], answer: { kind: 'SET' } }
  return { events: [{ kind: 'COUNTED', lines: [{ variantId, quantity }] }], answer: { kind: 'SET' } }
}

interface Wanted {
  readonly orderId: string
  readonly lines: readonly VariantQuantity[]
}

function commit(wanted: Wanted, reservation: Reservation | undefined, inventory: Inventory): OrderDecision {
  if (reservation === undefined) return ifThereIsEnough('TAKEN', wanted, inventory)
  switch (reservation.state) {
    case 'HELD': {
      const { orderId } = wanted
      return { events: [{ kind: 'SOLD', orderId, lines: reservation.lines }], answer: { kind: 'COMMITTED' } }
    }
    case 'COMMITTED':
      return asBefore(reservation)
    case 'RELEASED':
      // Paid for while the reservation ran out: whoever paid gets the units if they are still there.
      return reservation.why === 'EXPIRED' ? ifThereIsEnough('TAKEN', wanted, inventory) : released
  }
}

function release(orderId: string, reservation: Reservation | undefined): OrderDecision {
  const why = 'ASKED'
  const answer = { kind: 'RELEASED', why } as const
  if (reservation === undefined) return { events: [{ kind: 'TOMBSTONE_LEFT', orderId }], answer }
  switch (reservation.state) {
    case 'HELD':
      return { events: [{ kind: 'FREED', orderId, lines: reservation.lines, why }], answer }
    case 'COMMITTED':
      return { events: [{ kind: 'PUT_BACK', orderId, lines: reservation.lines, why }], answer }
    case 'RELEASED':
      // An order that gives up after an expiry must not be sold anything by a commit that comes later still.
      return reservation.why === 'EXPIRED'
        ? { events: [{ kind: 'TOMBSTONE_LEFT', orderId }], answer }
        : asBefore(reservation)
  }
}

/** Nobody asked for it, so nobody is answered where there is nothing to free any more. */
function expire(orderId: string, reservation: Reservation | undefined): Decision<OrderAnswer | null> {
  if (reservation?.state !== 'HELD') return { events: [], answer: null }
  const why = 'EXPIRED'
  return { events: [{ kind: 'FREED', orderId, lines: reservation.lines, why }], answer: { kind: 'RELEASED', why } }
}

function ifThereIsEnough(kind: 'HELD' | 'TAKEN', wanted: Wanted, inventory: Inventory): OrderDecision {
  const lines = mergeLines(wanted.lines)
  const shortages = shortagesOf(lines, inventory)
  if (shortages.length > 0) return { events: [], answer: { kind: 'REFUSED', shortages } }
  const answer = { kind: kind === 'HELD' ? 'RESERVED' : 'COMMITTED' } as const
  return { events: [{ kind, orderId: wanted.orderId, lines }], answer }
}

function shortagesOf(lines: readonly VariantQuantity[], { stock }: Inventory): Shortage[] {
  return lines
    .map(({ variantId, quantity }) => {
      const units = stock.get(variantId)
      return { variantId, requested: quantity, available: units === undefined ? 0 : availableUnits(units) }
    })
    .filter(({ requested, available }) => requested > available)
}

/** The answer that led to this reservation, once more. */
function asBefore(reservation: Reservation): OrderDecision {
  switch (reservation.state) {
    case 'HELD':
      return { events: [], answer: { kind: 'RESERVED' } }
    case 'COMMITTED':
      return { events: [], answer: { kind: 'COMMITTED' } }
    case 'RELEASED':
      return { events: [], answer: { kind: 'RELEASED', why: reservation.why } }
  }
}
