/** How many units there are of each variant, and what is promised of them to which order. */
export interface Inventory {
  /** By order; an order that has none is not in it. */
  readonly reservations: ReadonlyMap<string, Reservation>
  /** By variant; a variant that was never stocked is not in it. */
  readonly stock: ReadonlyMap<string, StockedUnits>
}

export const emptyInventory: Inventory = { reservations: new Map(), stock: new Map() }

/** Units of one variant. Never: held above on hand, or either below zero. */
export interface Units {
  readonly onHand: number
  readonly held: number
}

export interface StockedUnits extends Units {
  /** Its product is sold no more, for good: nothing of it is promised to anybody, whatever lies on the shelf. */
  readonly discontinued?: boolean
}

export interface VariantQuantity {
  readonly variantId: string
  readonly quantity: number
}

/** What is promised to one order. */
export type Reservation =
  | { readonly state: 'HELD' | 'COMMITTED'; readonly lines: readonly VariantQuantity[] }
  /** Stays as a tombstone: a command that comes late for this order reserves nothing. */
  | { readonly state: 'RELEASED'; readonly why: ReleaseReason }

export type ReleaseReason = 'ASKED' | 'EXPIRED'

/** What is asked for one order. */
export type OrderCommand =
  | { readonly kind: 'RESERVE' | 'COMMIT'; readonly orderId: string; readonly lines: readonly VariantQuantity[] }
  | { readonly kind: 'RELEASE' | 'EXPIRE'; readonly orderId: string }

/** Staff have counted what is on the shelf. */
export interface SetStock {
  readonly variantId: string
  readonly onHand: number
}

/** Units that have moved. */
export type StockMoved =
  | { readonly kind: 'HELD' | 'TAKEN' | 'SOLD'; readonly orderId: string; readonly lines: readonly VariantQuantity[] }
  | {
      readonly kind: 'FREED' | 'PUT_BACK'
      readonly orderId: string
      readonly lines: readonly VariantQuantity[]
      readonly why: ReleaseReason
    }
  /** Its quantities are differences: below zero where fewer units were found than were known of. */
  | { readonly kind: 'COUNTED'; readonly lines: readonly VariantQuantity[] }

/** What has become true of the inventory. */
export type InventoryEvent = StockMoved | { readonly kind: 'TOMBSTONE_LEFT'; readonly orderId: string }

/** What each unit of an event's lines adds to the units on hand and to those held. */
export const unitsMoved = {
  HELD: { onHand: 0, held: 1 },
  TAKEN: { onHand: -1, held: 0 },
  SOLD: { onHand: -1, held: -1 },
  FREED: { onHand: 0, held: -1 },
  PUT_BACK: { onHand: 1, held: 0 },
  COUNTED: { onHand: 1, held: 0 },
} as const satisfies Record<StockMoved['kind'], Units>

/** Units that can still be promised. */
export function availableUnits({ onHand, held, discontinued = false }: StockedUnits): number {
  return discontinued ? 0 : onHand - held
}

/** One line a variant. */
export function mergeLines(lines: readonly VariantQuantity[]): VariantQuantity[] {
  const quantities = new Map<string, number>()
  for (const { variantId, quantity } of lines) quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity)
  return [...quantities].map(([variantId, quantity]) => ({ variantId, quantity }))
}

/** The variants whose units the command can move: their stock is what `decide` has to know. */
export function variantsOf(command: OrderCommand, reservation: Reservation | undefined): string[] {
  const asked = 'lines' in command ? command.lines : []
  const promised = reservation !== undefined && 'lines' in reservation ? reservation.lines : []
  return [...asked, ...promised].map(({ variantId }) => variantId)
}
