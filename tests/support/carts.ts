import { newUuid } from '../../platform/ids.ts'
import type { Cart } from '../../subgraphs/cart/domain.ts'
import { stateOf } from '../../subgraphs/cart/messages.ts'
import type { CartStore } from '../../subgraphs/cart/stores/store.ts'

/** A user's first cart, unless it is said otherwise. */
export function firstVersion(cart: Partial<Cart> = {}): Cart {
  return {
    id: newUuid(),
    owner: { kind: 'user', id: newUuid() },
    version: 1,
    lines: [{ id: newUuid(), variantId: newUuid(), quantity: 2 }],
    handover: null,
    updatedAt: new Date('2026-01-02T12:00:00.123Z'),
    done: { handovers: ['g'], orders: ['o1', 'o2'], proposals: [] },
    ...cart,
  }
}

export function next(cart: Cart, quantity: number): Cart {
  return { ...cart, version: cart.version + 1, lines: cart.lines.map((line) => ({ ...line, quantity })) }
}

export function saveIn(store: CartStore, cart: Cart): Promise<boolean> {
  return store.save(cart, [stateOf(cart)])
}
