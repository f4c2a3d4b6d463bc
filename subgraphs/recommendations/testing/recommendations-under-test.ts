import { stockState } from '../../../contracts/inventory.ts'
import { orderConfirmed } from '../../../contracts/orders.ts'
import { productState } from '../../../contracts/products.ts'
import { visitor, type Viewer } from '../../../platform/identity/viewer.ts'
import { newUuid } from '../../../platform/ids.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import type { Json } from '../../../tests/support/shopping.ts'
import { orderConfirmedMessage, pounds, productMessage, stockMessage } from '../../../tests/support/messages.ts'
import type { RecommendationsSubgraph } from '../subgraph.ts'

export interface PublishedProduct {
  readonly id: string
  readonly variantId: string
  readonly name: string
}

export interface Sketch {
  readonly name: string
  readonly category?: string
  readonly price?: number
  readonly stock?: number
  readonly status?: 'ACTIVE' | 'DISCONTINUED'
}

export interface Change {
  readonly product: PublishedProduct
  readonly stock: number
  readonly status: 'ACTIVE' | 'DISCONTINUED'
}

/** One recommendation as a client reads it, by the id of its product. */
export interface Seen {
  readonly id: string
  readonly reason: string
  readonly explanation: string
  readonly score: number
}

export interface RecommendationsUnderTest {
  readonly harness: Harness
  readonly subgraph: RecommendationsSubgraph
  /** Products that products and inventory have published. */
  sell(...sketches: Sketch[]): Promise<PublishedProduct[]>
  restock(product: PublishedProduct, available: number): Promise<void>
  /** What products and inventory publish of them next; resolves when all of it is known. */
  change(...changes: Change[]): Promise<void>
  /** Baskets from before the shop opened, each by its products. */
  bought(...baskets: PublishedProduct[][]): Promise<void>
  /** A confirmed order of a user's. */
  order(userId: string, ...products: PublishedProduct[]): Promise<void>
  /** The same, without waiting until it has been consumed. */
  announce(userId: string, ...products: PublishedProduct[]): Promise<void>
  /** Fields of one entity; `field` with its arguments, such as `similar(first: 3)`. */
  of(entity: Json, field: string, viewer?: Viewer): Promise<Seen[]>
  /** A root field with its arguments. */
  root(field: string): Promise<Seen[]>
  ask: Harness['ask']
}

const selection = '{ product { id } reason explanation algorithm score }'

function seen(recommendations: Json): Seen[] {
  return recommendations.map(({ product, reason, explanation, score }: Json) => {
    return { id: product.id, reason, explanation, score }
  })
}

export async function startRecommendations(): Promise<RecommendationsUnderTest> {
  const harness = await createHarness()
  const subgraph = await harness.add('recommendations')
  const versions = new Map<string, number>()

  async function data(question: {
    query: string
    variables?: Record<string, unknown>
    viewer?: Viewer
  }): Promise<Json> {
    const answer = await harness.ask('recommendations', question)
    if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors))
    return answer.data
  }

  function nextVersion(key: string): number {
    const version = (versions.get(key) ?? 0) + 1
    versions.set(key, version)
    return version
  }

  async function publishStock(variantId: string, available: number): Promise<void> {
    await harness.publish(stockState, stockMessage({ variantId, available }, nextVersion(variantId)))
  }

  async function publishProduct({ id: productId, variantId }: PublishedProduct, sketch: Sketch): Promise<void> {
    const { name, category = 'things', price = 250, stock = 5, status = 'ACTIVE' } = sketch
    const variants = [{ variantId, name, price: pounds(price), initialStock: stock }]
    const shown = { name, status, category: { slug: category, name: category } }
    const version = nextVersion(productId)
    await harness.publish(productState, productMessage({ productId, ...shown, variants, version }))
    await publishStock(variantId, stock)
  }

  async function announce(userId: string, ...products: PublishedProduct[]): Promise<void> {
    const money = pounds(250)
    const lines = products.map(({ id: productId, variantId, name }) => {
      return { lineId: newUuid(), variantId, productId, name, unitPrice: money, quantity: 1, total: money }
    })
    const confirmedAt = '2026-02-01T12:00:00.000Z'
    await harness.publish(orderConfirmed, orderConfirmedMessage({ userId, lines, confirmedAt }))
  }

  return {
    harness,
    subgraph,
    ask: (name, question) => harness.ask(name, question),
    async sell(...sketches) {
      const products = sketches.map(({ name }) => ({ id: newUuid(), variantId: newUuid(), name }))
      for (const [place, product] of products.entries())
        await publishProduct(product, { ...sketches[place], ...product })
      await harness.settled()
      return products
    },
    async restock({ variantId }, available) {
      await publishStock(variantId, available)
      await harness.settled()
    },
    async bought(...baskets) {
      const at = new Date('2026-01-01T12:00:00Z')
      await subgraph.importBaskets(
        baskets.map((basket) => ({ source: `test/${newUuid()}`, at, productIds: basket.map(({ id }) => id) })),
      )
      await harness.settled()
    },
    async change(...changes) {
      for (const { product, ...change } of changes) await publishProduct(product, { name: product.name, ...change })
      await harness.settled()
    },
    announce,
    async order(userId, ...products) {
      await announce(userId, ...products)
      await harness.settled()
    },
    async of(entity, field, viewer = visitor) {
      const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${entity.__typename} { found: ${field} ${selection} } } }`
      return seen((await data({ query, variables: { of: [entity] }, viewer }))._entities[0].found)
    },
    root: async (field) => seen((await data({ query: `{ found: ${field} ${selection} }` })).found),
  }
}
