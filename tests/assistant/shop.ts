import type { ImportedProduct } from '../../subgraphs/products/importing.ts'
import { categories, product } from '../support/products.ts'
import type { Client, Json } from '../support/shopping.ts'
import { openGraph, type Graph, type GraphOptions } from '../federation/graph.ts'

export interface AssistedShop extends Graph {
  readonly products: readonly ImportedProduct[]
  /** A new guest. */
  guest(): Promise<Client>
  ask(client: Client, message: string, conversationId?: string): Promise<Json>
}

const sketches: readonly (readonly [name: string, price: number])[] = [
  ['Jumbo Bag Red Retrospot', 208],
  ['Lunch Bag Red Retrospot', 165],
  ['Jumbo Bag Pink Polkadot', 250],
  ['Regency Cakestand 3 Tier', 1_275],
  ['Red Retrospot Mug', 295],
  ['Blue Polkadot Mug', 310],
]

/** The whole graph with a few things in it that an assistant is asked about. */
export async function openAssistedShop(
  options: GraphOptions = {},
  more: readonly ImportedProduct[] = [],
): Promise<AssistedShop> {
  const graph = await openGraph(options)
  const products = [...sketches.map(([name, price]) => product(name, { prices: [price] })), ...more]
  await graph.members.products.importProducts(categories, products)
  await graph.members.recommendations.importBaskets(
    Array.from({ length: 40 }, (_none, at) => ({
      source: `test/${at}`,
      at: new Date('2026-01-01T00:00:00.000Z'),
      productIds: products.slice(at % 3, (at % 3) + 3).map(({ id }) => id),
    })),
  )
  await graph.harness.settled()
  return {
    ...graph,
    products,
    async guest() {
      const { data } = await graph.client().run('MobileStart')
      return graph.client(data.startGuestSession.accessToken)
    },
    async ask(client, message, conversationId) {
      const { data, errors } = await client.run('WebAsk', {
        input: { message, ...(conversationId !== undefined && { conversationId }) },
      })
      if (errors.length > 0) throw new Error(JSON.stringify(errors))
      return data.askAssistant
    },
  }
}
