import { stockCommitted, stockRefused, stockReleased, stockReserved, stockState } from '../../contracts/inventory.ts'
import { outgoing, type OutgoingMessage } from '../../platform/messaging/message.ts'
import {
  availableUnits,
  decide,
  shortagesOf,
  stockedShelf,
  unitsChanged,
  type Command,
  type Decision,
  type Reservation,
  type Shelf,
  type Shortage,
  type StockLevel,
} from './domain.ts'
import type {
  InventoryStore,
  MovementReason,
  ReservationToSave,
  StockChange,
  StoredReservation,
} from './stores/store.ts'

export interface OrderCommand {
  readonly orderId: string
  readonly command: Command
}

interface Decided extends OrderCommand {
  readonly stored: StoredReservation
  readonly decision: Decision
}

/** What a command comes to: a refusal, or a reservation that is told of as it is saved, or as it is without `saving`. */
interface Outcome {
  readonly changes: readonly StockChange[]
  readonly saving?: ReservationToSave
  readonly refusal?: OutgoingMessage
}

type StockDecision = Extract<Decision, { lines: unknown }>

const movementReasons = {
  HOLD: 'HELD',
  TAKE: 'TAKEN',
  SELL_HELD: 'SOLD',
  FREE_HELD: 'FREED',
  PUT_BACK: 'PUT_BACK',
} as const satisfies Record<StockDecision['kind'], MovementReason>

/**
 * Carries out commands of different orders, one after the other, with four statements however many they are. Returns the
 * answer to each, and the levels that have changed: to be said in the same transaction.
 */
export async function carryOut(
  commands: readonly OrderCommand[],
  { store, holdFor }: { readonly store: InventoryStore; /** In milliseconds. */ readonly holdFor: number },
): Promise<{ answers: OutgoingMessage[]; levels: StockLevel[] }> {
  const reservations = await store.lockReservations(commands.map(({ orderId }) => orderId))
  const decided = commands.map(({ orderId, command }): Decided => {
    const stored = reservations.get(orderId) ?? { reservation: { state: 'NONE' }, version: 0 }
    return { orderId, command, stored, decision: decide(command, stored.reservation) }
  })
  const variantIds = decided.flatMap(({ decision }) => linesOf(decision).map(({ variantId }) => variantId))
  const shelf = stockedShelf(await store.lockLevels(variantIds))
  const carried = decided.map((each) => ({ ...each, outcome: outcomeOf(each, { shelf, holdFor }) }))
  const [levels, saved] = await Promise.all([
    store.changeStock(carried.flatMap(({ outcome }) => outcome.changes)),
    store.saveReservations(carried.flatMap(({ outcome }) => outcome.saving ?? [])),
  ])
  const answers = carried.map(
    ({ orderId, stored, outcome }) => outcome.refusal ?? answerFor(orderId, saved.get(orderId) ?? stored),
  )
  return { answers, levels }
}

function linesOf(decision: Decision): StockDecision['lines'] {
  return 'lines' in decision ? decision.lines : []
}

function outcomeOf(decided: Decided, on: { readonly shelf: Shelf; readonly holdFor: number }): Outcome {
  const { orderId, stored, decision } = decided
  switch (decision.kind) {
    case 'HOLD':
    case 'TAKE':
    case 'SELL_HELD':
    case 'FREE_HELD':
    case 'PUT_BACK':
      return moveStock(decided, decision, on)
    case 'BURY':
      return { changes: [], saving: { orderId, reservation: { state: 'RELEASED', why: 'ASKED' } } }
    case 'RESERVED_ALREADY':
    case 'COMMITTED_ALREADY':
    case 'RELEASED_ALREADY':
      return { changes: [] }
    case 'REFUSE':
      return { changes: [], refusal: refusal(orderId, stored.version, []) }
  }
}

/** Moves the units on the shelf too, so that the next command finds what this one leaves. */
function moveStock(
  { orderId, command }: Decided,
  { kind, lines }: StockDecision,
  { shelf, holdFor }: { readonly shelf: Shelf; readonly holdFor: number },
): Outcome {
  const needsStock = kind === 'HOLD' || kind === 'TAKE'
  const shortages = needsStock ? shortagesOf(lines, shelf) : []
  if (shortages.length > 0) return { changes: [], refusal: refusal(orderId, 0, shortages) }
  const units = unitsChanged[kind]
  shelf.move(lines, units)
  const reservation = reservationAfter({ kind, lines }, command)
  return {
    changes: lines.map((line) => ({ ...line, ...units, reason: movementReasons[kind], orderId })),
    saving: { orderId, reservation, ...(reservation.state === 'HELD' ? { holdFor } : {}) },
  }
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
