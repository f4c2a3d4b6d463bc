import { unitsMoved, type Inventory, type InventoryEvent, type Reservation, type StockMoved } from './inventory.ts'

/** The inventory after an event. */
export function evolve(inventory: Inventory, event: InventoryEvent): Inventory {
  switch (event.kind) {
    case 'HELD':
      return promise(move(inventory, event), event.orderId, { state: 'HELD', lines: event.lines })
    case 'TAKEN':
    case 'SOLD':
      return promise(move(inventory, event), event.orderId, { state: 'COMMITTED', lines: event.lines })
    case 'FREED':
    case 'PUT_BACK':
      return promise(move(inventory, event), event.orderId, { state: 'RELEASED', why: event.why })
    case 'TOMBSTONE_LEFT':
      return promise(inventory, event.orderId, { state: 'RELEASED', why: 'ASKED' })
    case 'COUNTED':
      return move(inventory, event)
  }
}

function move(inventory: Inventory, { kind, lines }: StockMoved): Inventory {
  const stock = new Map(inventory.stock)
  for (const { variantId, quantity } of lines) {
    const before = stock.get(variantId) ?? { onHand: 0, held: 0 }
    const { onHand, held } = before
    const moved = unitsMoved[kind]
    stock.set(variantId, { ...before, onHand: onHand + moved.onHand * quantity, held: held + moved.held * quantity })
  }
  return { ...inventory, stock }
}

function promise(inventory: Inventory, orderId: string, reservation: Reservation): Inventory {
  return { ...inventory, reservations: new Map(inventory.reservations).set(orderId, reservation) }
}
