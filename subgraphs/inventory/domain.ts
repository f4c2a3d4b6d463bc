/** Units of one variant. */
export interface VariantQuantity {
  readonly variantId: string
  readonly quantity: number
}

/** Never: held above on hand, or either below zero. */
export interface StockLevel {
  readonly variantId: string
  readonly onHand: number
  readonly held: number
  readonly version: number
}

export interface Shortage {
  readonly variantId: string
  readonly requested: number
  readonly available: number
}

/** What is promised to one order. */
export type Reservation =
  | { readonly state: 'NONE' }
  | { readonly state: 'HELD' | 'COMMITTED'; readonly lines: readonly VariantQuantity[] }
  /** Stays as a tombstone: what comes late for this order holds nothing. */
  | { readonly state: 'RELEASED'; readonly why: ReleaseReason }

export type ReleaseReason = 'ASKED' | 'EXPIRED'

export type Command =
  | { readonly kind: 'RESERVE' | 'COMMIT'; readonly lines: readonly VariantQuantity[] }
  | { readonly kind: 'RELEASE'; readonly why: ReleaseReason }

/** What a command comes to. `HOLD` and `TAKE` need enough stock, and are refused without it. */
export type Decision =
  | {
      readonly kind: 'HOLD' | 'TAKE' | 'SELL_HELD' | 'FREE_HELD' | 'PUT_BACK'
      readonly lines: readonly VariantQuantity[]
    }
  /** Nothing to change: the same answer as before. */
  | { readonly kind: 'RESERVED_ALREADY' | 'COMMITTED_ALREADY' | 'RELEASED_ALREADY' }
  | { readonly kind: 'BURY' }
  | { readonly kind: 'REFUSE' }

/** How a decision changes the units of each of its lines. */
export const unitsChanged = {
  HOLD: { onHand: 0, held: 1 },
  TAKE: { onHand: -1, held: 0 },
  SELL_HELD: { onHand: -1, held: -1 },
  FREE_HELD: { onHand: 0, held: -1 },
  PUT_BACK: { onHand: 1, held: 0 },
} as const

export function decide(command: Command, reservation: Reservation): Decision {
  switch (command.kind) {
    case 'RESERVE':
      return decideReserve(command.lines, reservation)
    case 'COMMIT':
      return decideCommit(command.lines, reservation)
    case 'RELEASE':
      return decideRelease(reservation)
  }
}

function decideReserve(lines: readonly VariantQuantity[], reservation: Reservation): Decision {
  switch (reservation.state) {
    case 'NONE':
      return { kind: 'HOLD', lines: mergeLines(lines) }
    case 'HELD':
    case 'COMMITTED':
      return { kind: 'RESERVED_ALREADY' }
    case 'RELEASED':
      return { kind: 'REFUSE' }
  }
}

function decideCommit(lines: readonly VariantQuantity[], reservation: Reservation): Decision {
  switch (reservation.state) {
    case 'HELD':
      return { kind: 'SELL_HELD', lines: reservation.lines }
    case 'COMMITTED':
      return { kind: 'COMMITTED_ALREADY' }
    case 'NONE':
      return { kind: 'TAKE', lines: mergeLines(lines) }
    case 'RELEASED':
      // Paid for while the hold ran out: whoever paid gets the units if they are still there.
      return reservation.why === 'EXPIRED' ? { kind: 'TAKE', lines: mergeLines(lines) } : { kind: 'REFUSE' }
  }
}

function decideRelease(reservation: Reservation): Decision {
  switch (reservation.state) {
    case 'NONE':
      return { kind: 'BURY' }
    case 'HELD':
      return { kind: 'FREE_HELD', lines: reservation.lines }
    case 'COMMITTED':
      return { kind: 'PUT_BACK', lines: reservation.lines }
    case 'RELEASED':
      return { kind: 'RELEASED_ALREADY' }
  }
}

/** One line a variant, in the fixed order in which rows are locked. */
export function mergeLines(lines: readonly VariantQuantity[]): VariantQuantity[] {
  const quantities = new Map<string, number>()
  for (const { variantId, quantity } of lines) quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity)
  return [...quantities]
    .map(([variantId, quantity]) => ({ variantId, quantity }))
    .sort((left, right) => (left.variantId < right.variantId ? -1 : 1))
}

/** Units that can still be promised. */
export function availableUnits({ onHand, held }: StockLevel): number {
  return onHand - held
}

/** What is on the shelf while several commands are carried out one after the other. */
export interface Shelf {
  /** None of a variant that nobody has stocked. */
  available(variantId: string): number
  move(lines: readonly VariantQuantity[], units: { readonly onHand: number; readonly held: number }): void
}

export function stockedShelf(levels: readonly StockLevel[]): Shelf {
  const units = new Map(levels.map((level) => [level.variantId, availableUnits(level)]))
  const available = (variantId: string) => units.get(variantId) ?? 0
  return {
    available,
    move(lines, { onHand, held }) {
      for (const { variantId, quantity } of lines)
        units.set(variantId, available(variantId) + quantity * (onHand - held))
    },
  }
}

/** The lines that the shelf cannot fill. */
export function shortagesOf(lines: readonly VariantQuantity[], shelf: Shelf): Shortage[] {
  return lines
    .map(({ variantId, quantity }) => ({ variantId, requested: quantity, available: shelf.available(variantId) }))
    .filter(({ requested, available }) => requested > available)
}
