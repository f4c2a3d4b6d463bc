import { stockCommitted, stockRefused, stockReleased, stockReserved, stockState } from '../../contracts/inventory.ts'
import { outgoing, type OutgoingMessage } from '../../platform/bus/message.ts'
import {
  availableUnits,
  decide,
  shortagesOf,
  unitsChanged,
  type Command,
  type Decision,
  type Reservation,
  type Shortage,
  type StockLevel,
} from './domain.ts'
import type { InventoryStore, MovementReason, StoredReservation } from './store.ts'

type StockDecision = Extract<Decision, { lines: unknown }>

interface Carried {
  readonly store: InventoryStore
  readonly orderId: string
  /** How long a hold lasts, in milliseconds. */
  readonly holdFor: number
}

const movementReasons = {
  HOLD: 'HELD',
  TAKE: 'TAKEN',
  SELL_HELD: 'SOLD',
  FREE_HELD: 'FREED',
  PUT_BACK: 'PUT_BACK',
} as const satisfies Record<StockDecision['kind'], MovementReason['reason']>

/** Carries out one command of the checkout; returns what is to be said, in the same transaction. */
export async function carryOut(command: Command, carried: Carried): Promise<OutgoingMessage[]> {
  const stored = await carried.store.lockReservation(carried.orderId)
  const decision = decide(command, stored.reservation)
  switch (decision.kind) {
    case 'HOLD':
    case 'TAKE':
    case 'SELL_HELD':
    case 'FREE_HELD':
    case 'PUT_BACK':
      return moveStock(decision, command, carried)
    case 'BURY': {
      const saved = await carried.store.saveReservation(carried.orderId, { state: 'RELEASED', why: 'ASKED' })
      return [answerFor(carried.orderId, saved)]
    }
    case 'RESERVED_ALREADY':
    case 'COMMITTED_ALREADY':
    case 'RELEASED_ALREADY':
      return [answerFor(carried.orderId, stored)]
    case 'REFUSE':
      return [refusal(carried.orderId, stored.version, [])]
  }
}

async function moveStock(decision: StockDecision, command: Command, carried: Carried): Promise<OutgoingMessage[]> {
  const { store, orderId, holdFor } = carried
  const levels = await store.lockLevels(decision.lines.map(({ variantId }) => variantId))
  const needsStock = decision.kind === 'HOLD' || decision.kind === 'TAKE'
  const shortages = needsStock ? shortagesOf(decision.lines, levels) : []
  if (shortages.length > 0) return [refusal(orderId, 0, shortages)]
  const units = unitsChanged[decision.kind]
  const changed = await store.changeStock(
    decision.lines.map((line) => ({ ...line, ...units })),
    { reason: movementReasons[decision.kind], orderId },
  )
  const reservation = reservationAfter(decision, command)
  const saved = await store.saveReservation(orderId, reservation, reservation.state === 'HELD' ? holdFor : undefined)
  return [answerFor(orderId, saved), ...stockStates(changed)]
}

function reservationAfter(decision: StockDecision, command: Command): Reservation {
  switch (decision.kind) {
    case 'HOLD':
      return { state: 'HELD', lines: decision.lines }
    case 'TAKE':
    case 'SELL_HELD':
      return { state: 'COMMITTED', lines: decision.lines }
    case 'FREE_HELD':
    case 'PUT_BACK':
      return { state: 'RELEASED', why: command.kind === 'RELEASE' ? command.why : 'ASKED' }
  }
}

/** What the order hears of a reservation in this state; told again when it asks again. */
function answerFor(orderId: string, { reservation, version, expiresAt }: StoredReservation): OutgoingMessage {
  const said = { key: orderId, version }
  switch (reservation.state) {
    case 'HELD':
      return outgoing(stockReserved, {
        ...said,
        data: { orderId, expiresAt: (expiresAt ?? new Date(0)).toISOString() },
      })
    case 'COMMITTED':
      return outgoing(stockCommitted, { ...said, data: { orderId } })
    case 'RELEASED':
      return outgoing(stockReleased, { ...said, data: { orderId, why: reservation.why } })
    case 'NONE':
      throw new Error(`order ${orderId} has no reservation to tell of`)
  }
}

function refusal(orderId: string, version: number, shortages: Shortage[]): OutgoingMessage {
  return outgoing(stockRefused, { key: orderId, version, data: { orderId, shortages } })
}

export function stockStates(levels: readonly StockLevel[]): OutgoingMessage[] {
  return levels.map((level) =>
    outgoing(stockState, {
      key: level.variantId,
      version: level.version,
      data: { variantId: level.variantId, available: availableUnits(level) },
    }),
  )
}
