import { cartState } from '../../contracts/cart.ts'
import { outgoing, type OutgoingMessage } from '../../platform/bus/message.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Viewer } from '../../platform/identity/viewer.ts'
import type { NewId } from '../../platform/ids.ts'
import { emptyCart, evolve, giveUp, takeOver, type Cart, type CartOwner, type Change } from './domain.ts'
import type { CartStore } from './store.ts'

/** How often a change is decided anew because somebody else was faster; each time somebody else's change got through. */
const mostTries = 100

export interface Carts {
  /** The viewer's cart, with what the guest that the viewer was had chosen; undefined before the first item. */
  of(viewer: Viewer): Promise<Cart | undefined>
  /** Decides on the newest version, and saves what changed. A cart that is told of exists from then on. */
  change(owner: CartOwner, decide: (cart: Cart) => Change): Promise<ChangedCart>
  /** Gives the user what the guest had chosen; once, however often it is asked. */
  identify(guestId: string, userId: string): Promise<void>
}

export type ChangedCart =
  { readonly kind: 'CART'; readonly cart: Cart } | Extract<Change, { kind: 'REFUSED' | 'SHORT' }>

export function ownerOf(viewer: Viewer): CartOwner | undefined {
  return viewer.kind === 'visitor' ? undefined : { kind: viewer.kind, id: viewer.id }
}

export function createCarts({ store, clock, newId }: { store: CartStore; clock: Clock; newId: NewId }): Carts {
  async function find(owner: CartOwner): Promise<Cart | undefined> {
    return (await store.byOwners([owner]))[0]
  }

  async function change(owner: CartOwner, decide: (cart: Cart) => Change): Promise<ChangedCart> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const cart = (await find(owner)) ?? emptyCart({ id: newId(), owner, now: clock() })
      const decision = decide(cart)
      if (decision.kind === 'REFUSED' || decision.kind === 'SHORT') return decision
      if (decision.kind === 'UNCHANGED' && cart.version > 0) return { kind: 'CART', cart }
      const next = evolve(cart, decision, clock())
      if (await store.save(next, [stateOf(next)])) return { kind: 'CART', cart: next }
    }
    return { kind: 'REFUSED', code: 'CONFLICT', message: 'The cart is being changed elsewhere; try again.' }
  }

  // Two writes, each of one cart: both remember what was handed over, so that a repeat after a crash does nothing twice.
  async function identify(guestId: string, userId: string): Promise<void> {
    const guest = await find({ kind: 'guest', id: guestId })
    if (guest === undefined || guest.lines.length === 0) return
    const taken = await change({ kind: 'user', id: userId }, (cart) => takeOver(cart, guest))
    if (taken.kind !== 'CART') throw new Error(`the cart of guest ${guestId} could not be taken over`)
    await change(guest.owner, (cart) => giveUp(cart, guest))
  }

  return {
    change,
    identify,
    async of(viewer) {
      const owner = ownerOf(viewer)
      if (owner === undefined) return undefined
      const guestId = viewer.kind === 'user' ? viewer.guestId : undefined
      if (guestId === undefined) return find(owner)
      const guestOwner: CartOwner = { kind: 'guest', id: guestId }
      const carts = await store.byOwners([owner, guestOwner])
      const hasGuestLines = carts.some((cart) => cart.owner.kind === 'guest' && cart.lines.length > 0)
      if (!hasGuestLines) return carts.find((cart) => cart.owner.kind === 'user')
      await identify(guestId, owner.id)
      return find(owner)
    },
  }
}

function stateOf({ id: cartId, owner, version, lines }: Cart): OutgoingMessage {
  return outgoing(cartState, {
    key: cartId,
    version,
    data: { cartId, owner, lines: lines.map(({ id: lineId, ...line }) => ({ lineId, ...line })) },
  })
}
