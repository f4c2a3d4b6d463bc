import { stockCommitted, stockRefused, stockReleased, stockReserved, stockState } from '../../contracts/inventory.ts'
import { outgoing, type OutgoingMessage } from '../../platform/messaging/message.ts'
import type { OrderAnswer } from './domain/decide.ts'
import { availableUnits } from './domain/inventory.ts'
import type { StockLevel, StoredReservation } from './stores/store.ts'

/** The answer to an order's command. @param stored the order's reservation after it, where it has one */
export function answerMessage(
  orderId: string,
  answer: OrderAnswer,
  stored: StoredReservation | undefined,
): OutgoingMessage {
  const about = { key: orderId, version: stored?.version ?? 0 }
  switch (answer.kind) {
    case 'RESERVED': {
      if (stored?.expiresAt === undefined) throw new Error(`the reservation of order ${orderId} never expires`)
      return outgoing(stockReserved, { ...about, data: { orderId, expiresAt: stored.expiresAt.toISOString() } })
    }
    case 'COMMITTED':
      return outgoing(stockCommitted, { ...about, data: { orderId } })
    case 'RELEASED':
      return outgoing(stockReleased, { ...about, data: { orderId, why: answer.why } })
    case 'REFUSED':
      return outgoing(stockRefused, { ...about, data: { orderId, shortages: [...answer.shortages] } })
  }
}

/** The state of each variant whose stock has changed. */
export function stockStates(levels: readonly StockLevel[]): OutgoingMessage[] {
  return levels.map((level) =>
    outgoing(stockState, {
      key: level.variantId,
      version: level.version,
      data: { variantId: level.variantId, available: availableUnits(level) },
    }),
  )
}
