import { z } from 'zod'

import { contract, type DataOf } from '../platform/messaging/contract.ts'
import { cartOwner, id, quantity } from './values.ts'

/** State of one cart, keyed by its id; the version is the cart's. A cart merged into another has no lines. */
export const cartState = contract({
  type: 'cart.CartState',
  stream: 'state',
  data: z.object({
    cartId: id,
    owner: cartOwner,
    lines: z.array(z.object({ lineId: id, variantId: id, quantity })),
  }),
})
export type CartState = DataOf<typeof cartState>
