import type { OutgoingMessage } from '../../platform/messaging/message.ts'
import { decideInTurn } from './domain/decide.ts'
import {
  unitsMoved,
  variantsOf,
  type Inventory,
  type InventoryEvent,
  type OrderCommand,
  type Reservation,
} from './domain/inventory.ts'
import { answerMessage, stockStates } from './messages.ts'
import type { InventoryStore, ReservationToSave, StockChange, StockLevel, StoredReservation } from './stores/store.ts'

export interface Moved {
  /** The answer to each command, in their order; none where nobody waits for one. */
  readonly answers: readonly (OutgoingMessage | undefined)[]
  /** The new state of each variant whose stock has changed. */
  readonly states: readonly OutgoingMessage[]
}

/**
 * Carries out the commands of orders, one after the other, with four statements however many they are. What it returns is
 * to be published in the same transaction.
 */
export async function moveStock(
  commands: readonly OrderCommand[],
  { store, holdFor }: { readonly store: InventoryStore; /** In milliseconds. */ readonly holdFor: number },
): Promise<Moved> {
  const stored = await store.lockReservations(commands.map(({ orderId }) => orderId))
  const variantIds = commands.flatMap((command) => variantsOf(command, stored.get(command.orderId)?.reservation))
  const before = inventoryOf(stored, await store.lockLevels(variantIds))
  const { decisions, after } = decideInTurn(commands, before)
  const events = decisions.flatMap((decision) => decision.events)
  const [levels, saved] = await Promise.all([
    store.changeStock(stockChanges(events)),
    store.saveReservations(reservationsToSave(before, after, holdFor)),
  ])
  const answers = commands.map(({ orderId }, place) => {
    const answer = decisions[place]?.answer ?? null
    return answer === null ? undefined : answerMessage(orderId, answer, saved.get(orderId) ?? stored.get(orderId))
  })
  return { answers, states: stockStates(levels) }
}

/** The part of the inventory that has been read. */
export function inventoryOf(stored: ReadonlyMap<string, StoredReservation>, levels: readonly StockLevel[]): Inventory {
  return {
    reservations: new Map([...stored].map(([orderId, { reservation }]) => [orderId, reservation])),
    stock: new Map(levels.map((level) => [level.variantId, level])),
  }
}

/** One change, and so one line of the ledger, for each line of each event. */
export function stockChanges(events: readonly InventoryEvent[]): StockChange[] {
  return events.flatMap((event) => {
    if (event.kind === 'TOMBSTONE_LEFT') return []
    const { onHand, held } = unitsMoved[event.kind]
    return event.lines.map(({ variantId, quantity }) => ({
      variantId,
      onHand: onHand * quantity,
      held: held * quantity,
      reason: event.kind,
      ...('orderId' in event ? { orderId: event.orderId } : {}),
    }))
  })
}

function reservationsToSave(before: Inventory, after: Inventory, holdFor: number): ReservationToSave[] {
  return [...after.reservations]
    .filter(([orderId, reservation]) => reservation !== before.reservations.get(orderId))
    .map(([orderId, reservation]) => ({ orderId, reservation, ...timerOf(reservation, holdFor) }))
}

function timerOf({ state }: Reservation, holdFor: number): { holdFor?: number } {
  return state === 'HELD' ? { holdFor } : {}
}
