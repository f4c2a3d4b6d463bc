import type { ToolRuntime } from '@langchain/core/tools'
import { tool } from 'langchain'
import { z } from 'zod'

import { parseId } from '../../../../platform/ids.ts'
import type { SearchArguments } from '../planner/plan.ts'
import type { Guards } from '../rules/guards.ts'
import { limits } from '../rules/limits.ts'
import type { Turn } from '../turn.ts'
import type { ToolFacts } from './facts.ts'
import { pages } from './pages.ts'
import { propose } from './propose.ts'
import { ownCart, ownOrders, orderNamed } from './own.ts'
import { productsById, recommended, search } from './shop-graph.ts'
import { inWords } from './in-words.ts'

/** What an agent's context holds: nothing that a model has a say in. */
export const turnContext = z.object({ turn: z.custom<Turn>() })

const price = z.int().min(0).max(100_000_000)
const ids = z.array(z.string()).min(1).max(limits.lines)

/** What is not named here is refused by a guard (`argumentsOf`), and nothing is run. */
const schemas = {
  searchProducts: z.object({
    text: z.string().max(200).optional().describe('Words to look for, such as "red bag".'),
    category: z.string().max(100).optional().describe('The slug of a category.'),
    minPrice: price.optional().describe('In pence.'),
    maxPrice: price.optional().describe('In pence.'),
    sort: z.enum(['PRICE_LOW_TO_HIGH', 'PRICE_HIGH_TO_LOW', 'NEWEST']).optional(),
    page: z.int().min(1).max(pages.most).optional(),
  }),
  productDetails: z.object({ productIds: ids.describe('Ids that another tool returned.') }),
  recommend: z.object({
    basis: z.enum(['PRODUCTS', 'SIMILAR', 'CART', 'ORDERS', 'POPULAR']),
    productIds: ids.optional().describe('For PRODUCTS (what goes with them) and SIMILAR.'),
  }),
  viewCart: z.object({}),
  orderStatus: z.object({
    number: z.string().max(40).optional().describe('Such as SK-7ZQ4M0XT; none for the newest.'),
  }),
  proposeCartChange: z.object({
    lines: z
      .array(z.strictObject({ variantId: z.string(), quantity: z.number().describe('From 1 to 20.') }))
      .min(1)
      .max(limits.lines),
  }),
}

type Arguments = { readonly [Name in keyof typeof schemas]: z.infer<(typeof schemas)[Name]> }
type ToolWork = { readonly [Name in keyof Arguments]: (args: Arguments[Name], turn: Turn) => Promise<ToolFacts> }

const work: ToolWork = {
  searchProducts: (args, { ask }) => search(ask, withoutGaps(args)),
  productDetails: async ({ productIds }, turn) => {
    const refused = unknownAmong(productIds, turn)
    return refused ?? { kind: 'DETAILS', products: await productsById(turn.ask, ofProducts(productIds, turn)) }
  },
  recommend: async ({ basis, productIds = [] }, turn) => {
    const needsProducts = basis === 'PRODUCTS' || basis === 'SIMILAR'
    if (needsProducts && productIds.length === 0) return { kind: 'REFUSED', why: 'UNKNOWN_ID' }
    return unknownAmong(productIds, turn) ?? recommended(turn.ask, basis, ofProducts(productIds, turn))
  },
  viewCart: (_args, { ask }) => ownCart(ask),
  orderStatus: ({ number }, { ask }) => {
    const id = parseId(number)
    return id === undefined ? ownOrders(ask, number) : orderNamed(ask, id)
  },
  proposeCartChange: ({ lines }, turn) => propose(lines, turn),
}

const descriptions: Readonly<Record<keyof Arguments, string>> = {
  searchProducts: 'Finds products that are in stock, by words, category and price.',
  productDetails: 'What is known of products that were found: description, variants, prices, stock.',
  recommend: 'What goes with products, what is similar to one, what fits the cart or earlier orders, what is popular.',
  viewCart: "What is in the shopper's cart.",
  orderStatus: "How far the shopper's own orders are.",
  proposeCartChange:
    'Proposes to put variants that were found into the cart. Nothing changes until the shopper accepts the proposal.',
}

/** Without the keys of what is not given. */
function withoutGaps({ text, category, minPrice, maxPrice, sort, page }: Arguments['searchProducts']): SearchArguments {
  return {
    ...(text !== undefined && { text }),
    ...(category !== undefined && { category }),
    ...(minPrice !== undefined && { minPrice }),
    ...(maxPrice !== undefined && { maxPrice }),
    ...(sort && { sort }),
    ...(page !== undefined && { page }),
  }
}

function unknownAmong(ids: readonly string[], { guards, known }: Turn): ToolFacts | undefined {
  return ids.every((id) => guards.isKnown(known, id)) ? undefined : { kind: 'REFUSED', why: 'UNKNOWN_ID' }
}

/** Each product once; what is the id of a variant stands for its product. */
function ofProducts(ids: readonly string[], { known }: Turn): string[] {
  return [...new Set(ids.map((id) => known.variant(id)?.product.productId ?? id))]
}

function made<Name extends keyof Arguments>(name: Name, { argumentsOf }: Pick<Guards, 'argumentsOf'>) {
  const run = async (
    args: Arguments[Name],
    runtime: ToolRuntime<unknown, typeof turnContext>,
  ): Promise<[string, ToolFacts]> => {
    const { turn } = runtime.context
    const facts = await work[name](args, turn).catch((): ToolFacts => ({ kind: 'REFUSED', why: 'UNAVAILABLE' }))
    turn.known.note(facts)
    return [inWords(facts, turn.guards.delimit), facts]
  }
  // The library cannot know that the tool of a name takes the arguments of that name.
  return tool(run as never, {
    name,
    description: descriptions[name],
    schema: argumentsOf(schemas[name]),
    // What a model reads, and beside it what our code reads.
    responseFormat: 'content_and_artifact',
  })
}

/** All that an assistant can do. There is none for paying, addresses, or anybody else's things. */
export function shopTools(guards: Pick<Guards, 'argumentsOf'>) {
  return [
    made('searchProducts', guards),
    made('productDetails', guards),
    made('recommend', guards),
    made('viewCart', guards),
    made('orderStatus', guards),
    made('proposeCartChange', guards),
  ]
}
