import type { Clock } from '../../platform/clock.ts'
import { StoreUnavailable } from '../../platform/errors.ts'
import type { Viewer } from '../../platform/identity/viewer.ts'
import type { NewId } from '../../platform/ids.ts'
import { inTrace } from '../../platform/telemetry/trace.ts'
import { traceparentFrom, type Traceparent } from '../../platform/telemetry/traceparent.ts'
import { createTurns } from '../../platform/work/turns.ts'
import {
  emptyCart,
  evolve,
  letGo,
  packUp,
  takeOver,
  type Cart,
  type CartOwner,
  type Change,
  type Handover,
} from './domain.ts'
import { stateOf } from './messages.ts'
import type { CartStore } from './stores/store.ts'

export interface Carts {
  /**
   * The viewer's cart, with what the guest that the viewer was had chosen; undefined before the first item.
   * @param traceparent what is handed over is part of, though it is looked at alone
   */
  of(viewer: Viewer, traceparent?: Traceparent): Promise<SeenCart | undefined>
  /** Decides on the newest version, and saves what changed. A cart whose state is published exists from then on. */
  change(owner: CartOwner, decide: (cart: Cart) => Change): Promise<ChangedCart>
  /**
   * Gives the user what the guest had chosen; each thing once, however often it is asked. False when others have changed
   * one of the carts all the time, so that something is still to be given.
   */
  identify(guestId: string, userId: string): Promise<boolean>
}

/** A cart that is only looked at. */
export interface SeenCart extends Cart {
  /** When it is a copy: every change up to then is in it. */
  readonly copiedUntil?: Date
}

export type ChangedCart =
  { readonly kind: 'CART'; readonly cart: Cart } | Extract<Change, { kind: 'REFUSED' | 'SHORT' }>

export function ownerOf(viewer: Viewer): CartOwner | undefined {
  return viewer.kind === 'visitor' ? undefined : { kind: viewer.kind, id: viewer.id }
}

const conflict = {
  kind: 'REFUSED',
  code: 'CONFLICT',
  message: 'The cart is being changed elsewhere; try again.',
} as const

export function createCarts({ store, clock, newId }: { store: CartStore; clock: Clock; newId: NewId }): Carts {
  const turns = createTurns()

  /** @throws StoreUnavailable where there is only a copy: by what may be missing from it nothing is decided */
  async function find(owner: CartOwner): Promise<Cart | undefined> {
    const { carts, copiedUntil } = await store.byOwners([owner])
    if (copiedUntil !== undefined) throw new StoreUnavailable({ cause: new Error('carts are read from a copy') })
    return carts[0]
  }

  async function change(owner: CartOwner, decide: (cart: Cart) => Change): Promise<ChangedCart> {
    const changed = await turns.take(`${owner.kind} ${owner.id}`, async (): Promise<ChangedCart | undefined> => {
      const cart = (await find(owner)) ?? emptyCart({ id: newId(), owner, now: clock() })
      const decision = decide(cart)
      if (decision.kind === 'REFUSED' || decision.kind === 'SHORT') return decision
      if (decision.kind === 'UNCHANGED' && cart.version > 0) return { kind: 'CART', cart }
      const next = evolve(cart, decision, clock())
      return (await store.save(next, [stateOf(next)])) ? { kind: 'CART', cart: next } : undefined
    })
    return changed ?? conflict
  }

  /**
   * Three writes, each of one cart: the guest's packs up, the user's takes that once, the guest's lets go of it. Whoever
   * comes after a crash goes on where it happened: what is packed up stays the same, whatever the guest puts in meanwhile.
   */
  async function identify(guestId: string, userId: string): Promise<boolean> {
    const owner: CartOwner = { kind: 'guest', id: guestId }
    const guest = await find(owner)
    if (guest === undefined || !hasToGive(guest)) return true
    if (guest.handover !== null && !(await deliver(owner, guest.handover))) return false
    const packed = await change(owner, (cart) => packUp(cart, userId))
    if (packed.kind !== 'CART') return false
    return packed.cart.handover === null || deliver(owner, packed.cart.handover)
  }

  async function deliver(guest: CartOwner, handover: Handover): Promise<boolean> {
    const taken = await change({ kind: 'user', id: handover.userId }, (cart) => takeOver(cart, handover))
    if (taken.kind !== 'CART') return false
    return (await change(guest, (cart) => letGo(cart, handover))).kind === 'CART'
  }

  return {
    change,
    identify,
    async of(viewer, traceparent) {
      const owner = ownerOf(viewer)
      if (owner === undefined) return undefined
      const guestId = viewer.kind === 'user' ? viewer.guestId : undefined
      const guestOwner: CartOwner[] = guestId === undefined ? [] : [{ kind: 'guest', id: guestId }]
      const { carts, copiedUntil } = await store.byOwners([owner, ...guestOwner])
      const own = carts.find((cart) => cart.owner.kind === owner.kind)
      if (copiedUntil !== undefined) return own && { ...own, copiedUntil }
      if (guestId === undefined || !carts.some((cart) => cart.owner.kind === 'guest' && hasToGive(cart))) return own
      // What cannot be given now is given when `GuestIdentified` arrives, or at the next look.
      await inTrace(traceparentFrom(traceparent), () => identify(guestId, owner.id))
      return find(owner)
    },
  }
}

function hasToGive({ lines, handover }: Cart): boolean {
  return lines.length > 0 || handover !== null
}
