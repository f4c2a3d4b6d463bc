import { stockState } from '../../contracts/inventory.ts'
import { drawnPicture, productState, type ProductState } from '../../contracts/products.ts'
import type { DemoCatalogue } from '../../demo/catalogue/catalogue.ts'
import type { DemoProduct } from '../../demo/catalogue/products.ts'
import { demoId } from '../../demo/ids.ts'
import { systemClock } from '../../platform/clock.ts'
import { newUuid } from '../../platform/ids.ts'
import { outgoing, type OutgoingMessage } from '../../platform/messaging/message.ts'
import { stampMessages } from '../../platform/messaging/outbox.ts'
import type { ConfigurationName } from '../../subgraphs/recommendations/domain/configurations.ts'
import { openGround, type Ask, type Replica } from './ground.ts'

/** What a shopper has bought, by the ids of the products. */
export interface EvaluatedBasket {
  readonly at: Date
  readonly customer: string | null
  readonly productIds: readonly string[]
}

export interface EvaluatedShop {
  /** One more replica, which serves everybody by a configuration. */
  replica(configuration: ConfigurationName): Promise<Ask>
  stop(): Promise<void>
}

interface ShopParts {
  readonly catalogue: DemoCatalogue
  /** From before: what is learnt. */
  readonly baskets: readonly EvaluatedBasket[]
  /** Whose purchases are known. */
  readonly customers: ReadonlySet<string>
  readonly trainedProducts: number
}

export function userIdOf(customer: string): string {
  return demoId('evaluated customer', customer, 0)
}

/**
 * The recommendations subgraph as it is served, on a PostgreSQL and a bus of its own: it has read the catalogue, learnt the
 * baskets and trained on them, and nothing else of Souk runs. What is sold out in the demo shop is sold out here.
 */
export async function openShop({ catalogue, baskets, customers, trainedProducts }: ShopParts): Promise<EvaluatedShop> {
  const ground = await openGround()

  async function open(configuration: ConfigurationName): Promise<Replica> {
    const replica = ground.open({
      RECOMMENDATIONS_EXPERIMENT: { configuration, share: 1 },
      RECOMMENDATIONS_TRAINED_PRODUCTS: trainedProducts,
    })
    await replica.subgraph.start()
    return replica
  }

  const { subgraph: first } = await open('served')
  const stamp = { source: 'evaluation', clock: systemClock, newId: newUuid }
  await ground.bus.publish(
    'state',
    stampMessages(stateOf(catalogue), stamp).map(({ message }) => message),
  )
  await first.importBaskets(
    baskets.map(({ at, productIds }, place) => ({ source: `evaluation/${place}`, at, productIds })),
  )
  await first.importPurchases(purchasesOf(baskets, customers))
  await first.settled()
  await first.train()
  return { replica: async (configuration) => (await open(configuration)).ask, stop: () => ground.stop() }
}

function purchasesOf(baskets: readonly EvaluatedBasket[], customers: ReadonlySet<string>) {
  return baskets.flatMap(({ at, customer, productIds }, place) =>
    customer !== null && customers.has(customer)
      ? [{ userId: userIdOf(customer), orderId: demoId('evaluated order', `${place}`, place), at, productIds }]
      : [],
  )
}

/** What products and inventory would have published. */
function stateOf({ products, categories }: DemoCatalogue): OutgoingMessage[] {
  const names = new Map(categories.map(({ slug, name }) => [slug, name]))
  return products.flatMap((product) => [
    outgoing(productState, { key: product.id, version: 1, data: productStateOf(product, names) }),
    ...product.variants.map(({ id: variantId, initialStock: available }) =>
      outgoing(stockState, { key: variantId, version: 1, data: { variantId, available } }),
    ),
  ])
}

function productStateOf(product: DemoProduct, names: ReadonlyMap<string, string>): ProductState {
  const { id: productId, slug, name, description, categorySlug, createdAt, variants } = product
  const category = { slug: categorySlug, name: names.get(categorySlug) ?? categorySlug }
  return {
    ...{ productId, slug, name, description, category, status: 'ACTIVE' as const },
    createdAt: createdAt.toISOString(),
    images: [drawnPicture({ slug, name, category })],
    variants: variants.map(({ id: variantId, price: amount, ...variant }) => ({
      ...variant,
      variantId,
      price: { amount, currency: 'GBP' },
    })),
  }
}
