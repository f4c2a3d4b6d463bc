import { z } from 'zod'

import type { RefusalCode } from '../../../contracts/graph/generated.ts'
import { SoukError } from '../../../platform/errors.ts'
import { parseInput, refused, type InvalidInput, type Refused } from '../../../platform/graphql/refusals.ts'
import { ownerOf, type ChangedCart } from '../carts.ts'
import type { CartChanges } from '../change-cart.ts'
import { mostOfALine, type CartOwner } from '../domain.ts'
import type { Context } from './context.ts'
import type { CartModel, ShortageModel } from './models.ts'

interface OutOfStockAnswer {
  readonly __typename: 'OutOfStock'
  readonly code: 'OUT_OF_STOCK'
  readonly message: string
  readonly shortages: ShortageModel[]
}

export type CartAnswer =
  (CartModel & { readonly __typename: 'Cart' }) | OutOfStockAnswer | Refused<RefusalCode> | InvalidInput

const most = `There can be ${mostOfALine} of one thing at most.`
const addInput = z.object({
  variantId: z.string(),
  quantity: z.int().min(1, 'Take at least 1.').max(mostOfALine, most),
})
const updateInput = z.object({
  lineId: z.string(),
  quantity: z.int().min(0, 'A quantity is 0 or more.').max(mostOfALine, most),
})

/** The mutations of a cart: reads what a client sends, and answers in the graph's types. */
export function cartMutations(changes: CartChanges) {
  return {
    async addItem(input: unknown, context: Context): Promise<CartAnswer> {
      const parsed = parseInput(addInput, input)
      if (!parsed.ok) return parsed.refusal
      return answer(await changes.addItem(await settledOwner(context), parsed.value), context)
    },

    async updateLine(input: unknown, context: Context): Promise<CartAnswer> {
      const parsed = parseInput(updateInput, input)
      if (!parsed.ok) return parsed.refusal
      const owner = await settledOwner(context)
      return answer(await changes.updateLine(await context.ownCart(), owner, parsed.value), context)
    },

    async clear(context: Context): Promise<CartAnswer> {
      return answer(await changes.clear(await settledOwner(context)), context)
    },

    async acceptProposal(token: string, context: Context): Promise<CartAnswer> {
      return answer(await changes.acceptProposal(await settledOwner(context), token), context)
    },
  }
}

/** The owner, after the cart of the guest that a user was has been taken over. */
async function settledOwner({ viewer, ownCart }: Context): Promise<CartOwner> {
  const owner = ownerOf(viewer)
  if (owner === undefined) throw new SoukError('UNAUTHENTICATED')
  await ownCart()
  return owner
}

function answer(outcome: ChangedCart, context: Context): CartAnswer {
  switch (outcome.kind) {
    case 'CART':
      context.changed(outcome.cart)
      return { __typename: 'Cart', ...outcome.cart }
    case 'REFUSED':
      return refused(outcome.code, outcome.message)
    case 'SHORT':
      return {
        __typename: 'OutOfStock',
        code: 'OUT_OF_STOCK',
        message: 'There is not enough of it left.',
        shortages: [...outcome.shortages],
      }
  }
}
