import { z } from 'zod'

import type { Basis, SearchArguments } from '../planner/plan.ts'
import type { FoundProduct, ToolFacts } from './facts.ts'
import { pages } from './pages.ts'
import { ownName } from './variant-name.ts'

/** Asks one query in the shopper's name, within the turn's time. Rejects when the graph does not answer. */
export type AskShop = (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<unknown>

const facts = `fragment Facts on Product {
  id name description category { name }
  variants { id name price { amount currency } availability { quantity } }
}`

const money = z.object({ amount: z.int(), currency: z.string() })
const product = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    category: z.object({ name: z.string() }).nullish(),
    variants: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        price: money,
        availability: z.object({ quantity: z.int() }).nullish(),
      }),
    ),
  })
  .nullish()
type Read = z.infer<typeof product>

/** Cheapest first among those in stock; those that are sold out stand behind. */
function foundOf(read: Read, explanation?: string): FoundProduct[] {
  if (read === null || read === undefined) return []
  const variants = read.variants.map(({ id, name, price, availability }) => ({
    variantId: id,
    name: read.variants.length > 1 ? ownName(name, read.name) : name,
    price: price.amount,
    currency: price.currency,
    ...(availability && { available: availability.quantity }),
  }))
  const isGone = ({ available }: { available?: number }) => Number(available === 0)
  variants.sort((one, other) => isGone(one) - isGone(other) || one.price - other.price)
  const { id: productId, name, description, category } = read
  if (variants.length === 0) return []
  return [
    {
      productId,
      name,
      description,
      variants,
      ...(category && { category: category.name }),
      ...(explanation && { explanation }),
    },
  ]
}

const recommendations = z
  .array(z.object({ explanation: z.string(), product }))
  .nullish()
  .transform((list) => (list ?? []).flatMap((one) => foundOf(one.product, one.explanation)))

const searchQuery = `query Search($filter: ProductFilter!, $sort: ProductSort!, $first: Int!) {
  products(filter: $filter, sort: $sort, first: $first) { totalCount edges { node { ...Facts } } }
} ${facts}`

export async function search(ask: AskShop, wanted: SearchArguments): Promise<ToolFacts> {
  const { sort = 'RELEVANCE', page = 1, ...limits } = wanted
  const first = Math.min(page, pages.most) * pages.size
  const read = z
    .object({ products: z.object({ totalCount: z.int(), edges: z.array(z.object({ node: product })) }) })
    .parse(await ask(searchQuery, { filter: { ...limits, inStockOnly: true }, sort, first }))
  const products = read.products.edges.slice(first - pages.size).flatMap(({ node }) => foundOf(node))
  return { kind: 'PRODUCTS', products, search: wanted, total: read.products.totalCount }
}

/** Each by its id; what there is not is left out. */
export async function productsById(ask: AskShop, ids: readonly string[]): Promise<FoundProduct[]> {
  const parameters = ids.map((_id, at) => `$id${at}: ID!`).join(', ')
  const fields = ids.map((_id, at) => `p${at}: product(id: $id${at}) { ...Facts }`).join(' ')
  const variables = Object.fromEntries(ids.map((id, at) => [`id${at}`, id]))
  const read = z
    .record(z.string(), product)
    .parse(await ask(`query Details(${parameters}) { ${fields} } ${facts}`, variables))
  return ids.flatMap((_id, at) => foundOf(read[`p${at}`]))
}

/** More than are shown, since what is in the cart already is not. */
const spare = 15
const list = `(first: ${pages.size + spare}) { explanation product { ...Facts } }`
const inCart = 'inCart: cart { lines { variant { product { id } } } }'

/** What is recommended, and why, without what is in the shopper's cart. Where there is nothing of the kind, what is popular. */
export async function recommended(ask: AskShop, basis: Basis, ids: readonly string[]): Promise<ToolFacts> {
  const found = await recommendedOn[basis](ask, ids)
  const isOfProducts = basis === 'PRODUCTS' || basis === 'SIMILAR'
  const products = found.length > 0 || isOfProducts ? found : await recommendedOn.POPULAR(ask, [])
  return { kind: 'PRODUCTS', products }
}

const recommendedOn: Readonly<Record<Basis, (ask: AskShop, ids: readonly string[]) => Promise<FoundProduct[]>>> = {
  async PRODUCTS(ask, productIds) {
    const query = `query GoesWith($productIds: [ID!]!) { list: boughtWith(productIds: $productIds, first: ${pages.size + spare}) { explanation product { ...Facts } } ${inCart} } ${facts}`
    const read = await ask(query, { productIds })
    return newIn(read, read)
  },
  async SIMILAR(ask, [id]) {
    const read = await ask(`query Similar($id: ID!) { product(id: $id) { list: similar${list} } ${inCart} } ${facts}`, {
      id,
    })
    return newIn(read, z.object({ product: z.unknown() }).parse(read).product)
  },
  async CART(ask) {
    const read = await ask(`{ cart { list: suggestions${list} } ${inCart} } ${facts}`)
    return newIn(read, z.object({ cart: z.unknown() }).parse(read).cart)
  },
  async ORDERS(ask) {
    const read = await ask(`{ me { list: recommendations${list} } ${inCart} } ${facts}`)
    return newIn(read, z.object({ me: z.unknown() }).parse(read).me)
  },
  async POPULAR(ask) {
    const read = await ask(`{ list: popularProducts${list} ${inCart} } ${facts}`)
    return newIn(read, read)
  },
}

const linesInCart = z.object({
  inCart: z
    .object({
      lines: z.array(z.object({ variant: z.object({ product: z.object({ id: z.string() }).nullish() }).nullish() })),
    })
    .nullish(),
})

/** What the list has that is not in the cart; where the cart does not answer, all. */
function newIn(read: unknown, holder: unknown): FoundProduct[] {
  const cart = linesInCart.safeParse(read).data?.inCart
  const held = new Set(cart?.lines.map(({ variant }) => variant?.product?.id))
  return listIn(holder ?? {})
    .filter(({ productId }) => !held.has(productId))
    .slice(0, pages.size)
}

function listIn(data: unknown): FoundProduct[] {
  return z.object({ list: recommendations }).parse(data).list
}

export async function shelves(ask: AskShop): Promise<{ readonly slug: string; readonly name: string }[]> {
  const shelf = z.object({ slug: z.string(), name: z.string() })
  return z.object({ categories: z.array(shelf) }).parse(await ask('{ categories { slug name } }')).categories
}
