import type { RefusalCode } from '../../contracts/graph/generated.ts'

export interface CartOwner {
  readonly kind: 'guest' | 'user'
  readonly id: string
}

export interface CartLine {
  readonly id: string
  readonly variantId: string
  readonly quantity: number
}

export interface Cart {
  readonly id: string
  readonly owner: CartOwner
  /** Grows by one with every change; 0 before the first is saved. */
  readonly version: number
  readonly lines: readonly CartLine[]
  /** What a guest's cart has packed up for a user and is not known to have arrived. */
  readonly handover: Handover | null
  readonly updatedAt: Date
  /** What it must not do a second time. */
  readonly done: CartDone
}

/** Lines that have left a guest's cart for a user's. They are in neither's lines until the user's cart has taken them. */
export interface Handover {
  /** Never given twice. */
  readonly id: string
  readonly userId: string
  readonly lines: readonly CartLine[]
}

/** The newest of each; what is older cannot be consumed again. */
export interface CartDone {
  /** Handovers it has taken. */
  readonly handovers: readonly string[]
  /** Whose lines it has been relieved of. */
  readonly orders: readonly string[]
  /** Those it has taken. */
  readonly proposals: readonly string[]
}

export interface Shortage {
  readonly variantId: string
  readonly requested: number
  readonly available: number
}

/** What is known of a variant that somebody wants. */
export interface Offer {
  readonly variantId: string
  readonly sold: boolean
  readonly available: number
}

export type Change =
  | {
      readonly kind: 'CHANGED'
      readonly lines: readonly CartLine[]
      readonly done?: Partial<CartDone>
      readonly handover?: Handover | null
    }
  | { readonly kind: 'UNCHANGED' }
  | { readonly kind: 'REFUSED'; readonly code: RefusalCode; readonly message: string }
  | { readonly kind: 'SHORT'; readonly shortages: readonly Shortage[] }

export const mostOfALine = 99
export const mostLines = 50
/** Of a total of nothing. */
export const cartCurrency = 'GBP'
const remembered = 50
/** Of a shopper there are at most 20 a minute, each good for 10: one that is forgotten has expired. */
export const proposalsRemembered = 250

export function emptyCart({ id, owner, now }: { id: string; owner: CartOwner; now: Date }): Cart {
  const done = { handovers: [], orders: [], proposals: [] }
  return { id, owner, version: 0, lines: [], handover: null, updatedAt: now, done }
}

export function itemCount({ lines }: Cart): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0)
}

/** Puts more units of a variant in. @param wanted.lineId the id of the line, should it be new */
export function addItem(
  cart: Cart,
  wanted: { variantId: string; quantity: number; lineId: string },
  offer: Offer | undefined,
): Change {
  if (offer?.sold !== true) return refuse('NOT_FOUND', 'There is no such variant for sale.')
  const line = cart.lines.find(({ variantId }) => variantId === wanted.variantId)
  if (line === undefined && cart.lines.length >= mostLines) {
    return refuse('QUANTITY_LIMIT', `A cart holds ${mostLines} lines at most.`)
  }
  const quantity = (line?.quantity ?? 0) + wanted.quantity
  if (quantity > mostOfALine) return refuse('QUANTITY_LIMIT', `A cart holds ${mostOfALine} of one thing at most.`)
  if (quantity > offer.available) return short(wanted.variantId, quantity, offer.available)
  return changed(
    line === undefined
      ? [...cart.lines, { id: wanted.lineId, variantId: wanted.variantId, quantity }]
      : withQuantity(cart.lines, line.id, quantity),
  )
}

/** Sets the quantity of a line; fewer can always be had, more only while there is stock. */
export function updateLine(cart: Cart, wanted: { lineId: string; quantity: number }, offer: Offer | undefined): Change {
  const line = cart.lines.find(({ id }) => id === wanted.lineId)
  if (line === undefined) return refuse('NOT_FOUND', 'There is no such line in your cart.')
  if (wanted.quantity === line.quantity) return { kind: 'UNCHANGED' }
  if (wanted.quantity === 0) return changed(cart.lines.filter(({ id }) => id !== line.id))
  const available = offer?.sold === true ? offer.available : 0
  if (wanted.quantity > line.quantity && wanted.quantity > available) {
    return short(line.variantId, wanted.quantity, available)
  }
  return changed(withQuantity(cart.lines, line.id, wanted.quantity))
}

export function clear(cart: Cart): Change {
  return cart.lines.length === 0 ? { kind: 'UNCHANGED' } : changed([])
}

/**
 * Packs up what a guest has chosen, for the user the guest has become. One handover is on its way at a time; what the
 * guest puts in meanwhile goes with the next.
 */
export function packUp(guest: Cart, userId: string): Change {
  if (guest.handover !== null || guest.lines.length === 0) return { kind: 'UNCHANGED' }
  // A version is reached once, so no two handovers are named alike.
  const handover = { id: `${guest.owner.id}@${guest.version}`, userId, lines: guest.lines }
  return { kind: 'CHANGED', lines: [], handover }
}

/** Takes what a guest has packed up, up to the limits; once. */
export function takeOver(cart: Cart, handover: Handover): Change {
  if (cart.done.handovers.includes(handover.id)) return { kind: 'UNCHANGED' }
  const lines = handover.lines.reduce(putIn, cart.lines)
  return { kind: 'CHANGED', lines, done: { handovers: newest(cart.done.handovers, handover.id) } }
}

/** Forgets a handover that has arrived. */
export function letGo(guest: Cart, handover: Handover): Change {
  if (guest.handover?.id !== handover.id) return { kind: 'UNCHANGED' }
  return { kind: 'CHANGED', lines: guest.lines, handover: null }
}

/** Removes what an order has bought, once; what was added since stays. */
export function removeBought(
  cart: Cart,
  order: { orderId: string; lines: readonly { lineId: string; quantity: number }[] },
): Change {
  if (cart.done.orders.includes(order.orderId)) return { kind: 'UNCHANGED' }
  const bought = order.lines.map(({ lineId: id, quantity }) => ({ id, quantity }))
  const lines = without(cart.lines, bought)
  return { kind: 'CHANGED', lines, done: { orders: newest(cart.done.orders, order.orderId) } }
}

/** Puts all lines of a proposal in, or none; once. @param proposal.atItsPrices whether each line costs what it did */
export function acceptProposal(
  cart: Cart,
  proposal: { id: string; lines: readonly CartLine[]; atItsPrices: boolean },
  offers: ReadonlyMap<string, Offer>,
): Change {
  if (cart.done.proposals.includes(proposal.id)) {
    return refuse('PROPOSAL_EXPIRED', 'This proposal cannot be used any more: it has been put into the cart.')
  }
  if (!proposal.atItsPrices) return refuse('PRICE_CHANGED', 'A price has changed since this was proposed; ask again.')
  let { lines } = cart
  for (const { id, variantId, quantity } of proposal.lines) {
    const change = addItem({ ...cart, lines }, { lineId: id, variantId, quantity }, offers.get(variantId))
    if (change.kind !== 'CHANGED') return change
    ;({ lines } = change)
  }
  return { kind: 'CHANGED', lines, done: { proposals: newest(cart.done.proposals, proposal.id, proposalsRemembered) } }
}

/** The next version of the cart. */
export function evolve(cart: Cart, change: Extract<Change, { kind: 'CHANGED' | 'UNCHANGED' }>, now: Date): Cart {
  const next = { ...cart, version: cart.version + 1, updatedAt: now }
  if (change.kind === 'UNCHANGED') return next
  const { lines, done, handover = cart.handover } = change
  return { ...next, lines, handover, done: { ...cart.done, ...done } }
}

function putIn(lines: readonly CartLine[], line: CartLine): readonly CartLine[] {
  const same = lines.find(({ variantId }) => variantId === line.variantId)
  if (same !== undefined) return withQuantity(lines, same.id, Math.min(same.quantity + line.quantity, mostOfALine))
  return lines.length < mostLines ? [...lines, line] : lines
}

function without(lines: readonly CartLine[], gone: readonly { id: string; quantity: number }[]): CartLine[] {
  const quantities = new Map(gone.map(({ id, quantity }) => [id, quantity]))
  return lines
    .map((line) => ({ ...line, quantity: line.quantity - (quantities.get(line.id) ?? 0) }))
    .filter(({ quantity }) => quantity > 0)
}

function withQuantity(lines: readonly CartLine[], lineId: string, quantity: number): CartLine[] {
  return lines.map((line) => (line.id === lineId ? { ...line, quantity } : line))
}

function newest(known: readonly string[], id: string, most = remembered): readonly string[] {
  return [...known, id].slice(-most)
}

function changed(lines: readonly CartLine[]): Change {
  return { kind: 'CHANGED', lines }
}

function refuse(code: RefusalCode, message: string): Change {
  return { kind: 'REFUSED', code, message }
}

function short(variantId: string, requested: number, available: number): Change {
  return { kind: 'SHORT', shortages: [{ variantId, requested, available }] }
}
