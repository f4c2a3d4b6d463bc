import { sumMoney, timesMoney, type Money } from '../../../platform/money.ts'
import type { CartChanges } from '../change-cart.ts'
import { cartCurrency, itemCount, type CartLine } from '../domain.ts'
import type { Resolvers } from './generated.ts'
import type { ShownVariants } from './loaders.ts'
import { variantModel } from './models.ts'
import { cartMutations } from './mutations.ts'

export function createResolvers(changes: CartChanges): Resolvers {
  const mutations = cartMutations(changes)
  return {
    Query: { cart: async (_root, _args, { ownCart }) => (await ownCart()) ?? null },
    Mutation: {
      addCartItem: (_root, { input }, context) => mutations.addItem(input, context),
      updateCartLine: (_root, { input }, context) => mutations.updateLine(input, context),
      clearCart: (_root, _args, context) => mutations.clear(context),
      acceptProposal: (_root, { token }, context) => mutations.acceptProposal(token, context),
    },
    // A reference is answered from the viewer's own cart, so there is no way to another's.
    Cart: {
      async __resolveReference({ id }, { ownCart }) {
        const cart = await ownCart()
        return cart?.id === id ? cart : null
      },
      itemCount,
      subtotal: async ({ lines }, _args, { shown }) =>
        sumMoney(await Promise.all(lines.map((line) => totalOf(line, shown))), cartCurrency),
    },
    CartLine: {
      __resolveReference: async ({ id }, { ownCart }) =>
        (await ownCart())?.lines.find((line) => line.id === id) ?? null,
      variant: async ({ variantId }, _args, { shown }) => variantModel(await shown.load(variantId)),
      total: (line, _args, { shown }) => totalOf(line, shown),
    },
    StockShortage: { variant: async ({ variantId }, _args, { shown }) => variantModel(await shown.load(variantId)) },
  }
}

async function totalOf({ variantId, quantity }: CartLine, shown: ShownVariants): Promise<Money> {
  return timesMoney((await shown.load(variantId)).price, quantity)
}
