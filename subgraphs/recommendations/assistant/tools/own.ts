import { z } from 'zod'

import type { ToolFacts } from './facts.ts'
import type { AskShop } from './shop-graph.ts'
import { ownName } from './variant-name.ts'

const ordersShown = 5
const money = z.object({ amount: z.int(), currency: z.string() })

const cartQuery = `{ cart { subtotal { amount currency } lines { quantity total { amount currency } variant { name product { name variants { id } } } } } }`
const variantName = z.object({
  name: z.string(),
  product: z.object({ name: z.string(), variants: z.array(z.unknown()) }).nullish(),
})
const cart = z
  .object({
    subtotal: money.nullish(),
    lines: z.array(z.object({ quantity: z.int(), total: money.nullish(), variant: variantName.nullish() })),
  })
  .nullish()

export async function ownCart(ask: AskShop): Promise<ToolFacts> {
  const read = z.object({ cart }).parse(await ask(cartQuery)).cart
  const lines = (read?.lines ?? []).map(({ quantity, total, variant }) => ({
    name: variant ? nameOf(variant) : 'something that is not known just now',
    quantity,
    ...(total && { total }),
  }))
  return { kind: 'CART', lines, ...(read?.subtotal && { subtotal: read.subtotal }) }
}

function nameOf({ name, product }: z.infer<typeof variantName>): string {
  if (!product) return name
  return product.variants.length > 1 ? `${product.name} (${ownName(name, product.name)})` : product.name
}

const orderFields = 'number status placedAt total { amount currency } lines { name quantity }'
const order = z.object({
  number: z.string(),
  status: z.string(),
  placedAt: z.string(),
  total: money,
  lines: z.array(z.object({ name: z.string(), quantity: z.int() })),
})
const ordersQuery = `query Orders($first: Int!) { me { orders(first: $first) { edges { node { ${orderFields} } } } } }`
/** Among how many of the newest one is looked for by its number. */
const lookedThrough = 100

/** The shopper's own; another's is not found, whoever names it. */
export async function ownOrders(ask: AskShop, asked: string | undefined): Promise<ToolFacts> {
  const { me } = z
    .object({
      me: z.object({ orders: z.object({ edges: z.array(z.object({ node: order })) }).nullish() }).nullish(),
    })
    .parse(await ask(ordersQuery, { first: asked === undefined ? ordersShown : lookedThrough }))
  const orders = (me?.orders?.edges ?? [])
    .map(({ node: { lines, ...rest } }) => ({
      ...rest,
      items: lines.map(({ name, quantity }) => `${quantity} × ${name}`),
    }))
    .filter(({ number }) => asked === undefined || number === asked)
  return { kind: 'ORDERS', signedIn: Boolean(me), orders, ...(asked !== undefined && { asked }) }
}

const orderById = `query Order($id: ID!) { order(id: $id) { ${orderFields} } me { id } }`

/** By its id: the graph gives it to its owner alone. */
export async function orderNamed(ask: AskShop, id: string): Promise<ToolFacts> {
  const read = z
    .object({ order: order.nullish(), me: z.object({ id: z.string() }).nullish() })
    .parse(await ask(orderById, { id }))
  const orders = read.order ? [read.order] : []
  return {
    kind: 'ORDERS',
    signedIn: Boolean(read.me),
    asked: id,
    orders: orders.map(({ lines, ...rest }) => ({
      ...rest,
      items: lines.map(({ name, quantity }) => `${quantity} × ${name}`),
    })),
  }
}
