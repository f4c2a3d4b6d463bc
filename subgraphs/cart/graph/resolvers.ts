import { z } from 'zod'

import { sumMoney, timesMoney, type Money } from '../../../platform/money.ts'
import type { Context } from './context.ts'
import { itemCount } from '../domain.ts'
import type { Resolvers } from './generated.ts'
import type { CartLineModel, CartModel } from './models.ts'
import { cartMutations, type MutationDependencies } from './mutations.ts'

const defaultCurrency = 'GBP'

const pricedVariant = z.object({ price: z.object({ amount: z.int(), currency: z.string() }) })
const pricedCart = z.object({ lines: z.array(z.object({ variant: pricedVariant.extend({ id: z.string() }) })) })
const pricedLine = z.object({ variant: pricedVariant })

export function createResolvers(dependencies: MutationDependencies): Resolvers {
  const mutations = cartMutations(dependencies)
  return {
    Query: { cart: async (_root, _args, { ownCart }) => (await ownCart()) ?? null },
    Mutation: {
      addCartItem: (_root, { input }, context) => mutations.addItem(input, context),
      updateCartLine: (_root, { input }, context) => mutations.updateLine(input, context),
      clearCart: (_root, _args, context) => mutations.clear(context),
      acceptProposal: (_root, { token }, context) => mutations.acceptProposal(token, context),
    },
    Cart: {
      __resolveReference: (reference, context) => findCart(reference, context),
      itemCount,
      subtotal: subtotalOf,
    },
    CartLine: {
      __resolveReference: (reference, context) => findLine(reference, context),
      variant: ({ variantId }) => ({ id: variantId }),
      total: ({ priced, quantity }) => timesMoney(required(priced).price, quantity),
    },
    StockShortage: { variant: ({ variantId }) => ({ id: variantId }) },
  }
}

/** A reference is answered from the viewer's own cart, so there is no way to another's. */
async function findCart(reference: { id: string }, { ownCart }: Context): Promise<CartModel | null> {
  const cart = await ownCart()
  if (cart?.id !== reference.id) return null
  const priced = pricedCart.safeParse(reference).data?.lines
  if (priced === undefined) return cart
  return { ...cart, prices: new Map(priced.map(({ variant }) => [variant.id, variant.price])) }
}

async function findLine(reference: { id: string }, { ownCart }: Context): Promise<CartLineModel | null> {
  const line = (await ownCart())?.lines.find(({ id }) => id === reference.id)
  if (line === undefined) return null
  const priced = pricedLine.safeParse(reference).data?.variant
  return priced === undefined ? line : { ...line, priced }
}

/** Of what the gateway has seen: what was put in since has no price yet, and is not in this answer. */
function subtotalOf({ lines, prices }: CartModel): Money {
  const known = required(prices)
  const totals = lines.flatMap(({ variantId, quantity }) => {
    const price = known.get(variantId)
    return price === undefined ? [] : [timesMoney(price, quantity)]
  })
  return sumMoney(totals, totals[0]?.currency ?? defaultCurrency)
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the gateway did not bring the prices that a total needs')
  return value
}
