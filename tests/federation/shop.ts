import { newUuid } from '../../platform/ids.ts'
import type { ImportedProduct } from '../../subgraphs/products/importing.ts'
import { categories, product } from '../support/products.ts'
import { address, type Client, type Json } from '../support/shopping.ts'
import { addToCart, password, placeOrder, settledOrder } from '../support/shopper.ts'
import { openGraph, type Graph, type GraphOptions } from './graph.ts'

export interface Shop extends Graph {
  readonly products: readonly ImportedProduct[]
  /** Somebody with an order that is confirmed, and a cart with three lines. */
  readonly shopper: Client
  readonly orderId: string
  readonly staff: Client
}

const productCount = 30
const basketCount = 60
const basketSize = 8

/** The whole graph, with things to buy, things that were bought, and somebody who buys. */
export async function openShop(options: GraphOptions = {}): Promise<Shop> {
  const graph = await openGraph(options)
  const products = Array.from({ length: productCount }, (_, at) =>
    product(`Thing ${String(at).padStart(2, '0')}`, { prices: [100 + at, 200 + at] }),
  )
  await graph.members.products.importProducts(categories, products)
  await graph.members.recommendations.importBaskets(baskets(products))
  const account = { email: 'staff@example.org', password, name: 'Stella', roles: ['SHOPPER', 'STAFF'] as const }
  await graph.members.users.importUsers([{ ...account, id: newUuid(), createdAt: new Date(), addresses: [] }])
  await graph.harness.settled()

  const shopper = await signedUp(graph)
  const orderId = await order(shopper, variantsOf(products.slice(0, 3)))
  for (const id of variantsOf(products.slice(3, 6))) await addToCart(shopper, id, 2)
  await graph.harness.settled()
  const { data } = await graph.client().run('MobileSignIn', { input: { email: account.email, password } })
  return { ...graph, products, shopper, orderId, staff: graph.client(data.signIn.accessToken) }
}

export function variantsOf(products: readonly ImportedProduct[]): string[] {
  return products.flatMap(({ variants }) => variants.slice(0, 1).map(({ id }) => id))
}

/** Each product lies beside its next ones. */
function baskets(products: readonly ImportedProduct[]) {
  return Array.from({ length: basketCount }, (_, at) => ({
    source: `test/${at}`,
    at: new Date('2026-01-01T00:00:00.000Z'),
    productIds: Array.from({ length: basketSize }, (_item, step) => products[(at + step) % products.length]?.id ?? ''),
  }))
}

async function signedUp(graph: Graph): Promise<Client> {
  const input = { email: 'ada@example.org', password, name: 'Ada' }
  const { data } = await graph.client().run('WebSignUp', { input })
  const client = graph.client(data.signUp.accessToken)
  await client.send('mutation ($input: AddressInput!) { addAddress(input: $input) { __typename } }', { input: address })
  return client
}

async function order(client: Client, variantIds: readonly string[]): Promise<string> {
  for (const id of variantIds) await addToCart(client, id)
  const { data }: Json = await placeOrder(client)
  const { id } = await settledOrder(client, data.placeOrder.id)
  return id
}
