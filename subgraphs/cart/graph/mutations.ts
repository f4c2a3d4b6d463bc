import type { RefusalCode } from '../../../contracts/graph/generated.ts'
import { z } from 'zod'

import { SoukError } from '../../../platform/errors.ts'
import { parseInput, refused, type InvalidInput, type Refused } from '../../../platform/graphql/refusals.ts'
import type { NewId } from '../../../platform/ids.ts'
import { ownerOf, type Carts, type ChangedCart } from '../carts.ts'
import type { Context } from './context.ts'
import { acceptProposal, addItem, clear, mostOfALine, updateLine, type CartOwner } from '../domain.ts'
import type { ReadProposal } from '../proposals.ts'
import type { OfferStore } from '../stores/store.ts'
import type { CartModel, ShortageModel } from './models.ts'

interface OutOfStockAnswer {
  readonly __typename: 'OutOfStock'
  readonly code: 'OUT_OF_STOCK'
  readonly message: string
  readonly shortages: ShortageModel[]
}

export type CartAnswer =
  (CartModel & { readonly __typename: 'Cart' }) | OutOfStockAnswer | Refused<RefusalCode> | InvalidInput

export interface MutationDependencies {
  readonly carts: Carts
  readonly offers: OfferStore
  readonly readProposal: ReadProposal
  readonly newId: NewId
}

const most = `There can be ${mostOfALine} of one thing at most.`
const addInput = z.object({
  variantId: z.string(),
  quantity: z.int().min(1, 'Take at least 1.').max(mostOfALine, most),
})
const updateInput = z.object({
  lineId: z.string(),
  quantity: z.int().min(0, 'A quantity is 0 or more.').max(mostOfALine, most),
})

/** The changes of a cart that a client can ask for. */
export function cartMutations({ carts, offers, readProposal, newId }: MutationDependencies) {
  return {
    async addItem(input: unknown, context: Context): Promise<CartAnswer> {
      const parsed = parseInput(addInput, input)
      if (!parsed.ok) return parsed.refusal
      const { variantId, quantity } = parsed.value
      const owner = await settledOwner(context)
      const offer = (await offers.offers([variantId])).get(variantId)
      const lineId = newId()
      return answer(await carts.change(owner, (cart) => addItem(cart, { variantId, quantity, lineId }, offer)), context)
    },

    async updateLine(input: unknown, context: Context): Promise<CartAnswer> {
      const parsed = parseInput(updateInput, input)
      if (!parsed.ok) return parsed.refusal
      const owner = await settledOwner(context)
      const variantIds = (await context.ownCart())?.lines.map(({ variantId }) => variantId) ?? []
      const known = await offers.offers(variantIds)
      const outcome = await carts.change(owner, (cart) => {
        const line = cart.lines.find(({ id }) => id === parsed.value.lineId)
        return updateLine(cart, parsed.value, known.get(line?.variantId ?? ''))
      })
      return answer(outcome, context)
    },

    async clear(context: Context): Promise<CartAnswer> {
      return answer(await carts.change(await settledOwner(context), clear), context)
    },

    async acceptProposal(token: string, context: Context): Promise<CartAnswer> {
      const owner = await settledOwner(context)
      const proposal = await readProposal(token)
      if (proposal?.owner.kind !== owner.kind || proposal.owner.id !== owner.id) {
        return refused('PROPOSAL_EXPIRED', 'This proposal cannot be used any more.')
      }
      const lines = proposal.lines.map((line) => ({ ...line, id: newId() }))
      const known = await offers.offers(lines.map(({ variantId }) => variantId))
      const outcome = await carts.change(owner, (cart) => acceptProposal(cart, { id: proposal.jti, lines }, known))
      return answer(outcome, context)
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
