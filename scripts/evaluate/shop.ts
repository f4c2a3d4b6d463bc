import { generateKeyPair } from 'jose'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { stockState } from '../../contracts/inventory.ts'
import { drawnPicture, productState, type ProductState } from '../../contracts/products.ts'
import type { DemoCatalogue } from '../../demo/catalogue/catalogue.ts'
import type { DemoProduct } from '../../demo/catalogue/products.ts'
import { demoId } from '../../demo/ids.ts'
import { givenOn } from '../../embedded/composition/compose.ts'
import { connectionTo, ensureDatabases } from '../../embedded/postgres/databases.ts'
import { startPostgres } from '../../embedded/postgres/supervisor.ts'
import { postgresBus } from '../../platform/bus/postgres/bus.ts'
import { systemClock } from '../../platform/clock.ts'
import { passportOffice } from '../../platform/identity/passport.ts'
import type { Viewer } from '../../platform/identity/viewer.ts'
import { newUuid } from '../../platform/ids.ts'
import { outgoing, type OutgoingMessage } from '../../platform/messaging/message.ts'
import { stampMessages } from '../../platform/messaging/outbox.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { Stack } from '../../platform/work/stack.ts'
import type { ConfigurationName } from '../../subgraphs/recommendations/domain/configurations.ts'
import { postgresRecommendationStores } from '../../subgraphs/recommendations/stores/postgres/stores.ts'
import {
  createRecommendationsSubgraph,
  type RecommendationsSubgraph,
} from '../../subgraphs/recommendations/subgraph.ts'

/** What a shopper has bought, by the ids of the products. */
export interface EvaluatedBasket {
  readonly at: Date
  readonly customer: string | null
  readonly productIds: readonly string[]
}

/** Answers from the graph of the subgraph. @throws where it answers with an error */
export type Ask = (query: string, variables: Readonly<Record<string, unknown>>, viewer?: Viewer) => Promise<unknown>

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
  const stack = new Stack()
  const { postgres, bus, passports, passportKey } = await openGround(stack)

  async function open(configuration: ConfigurationName): Promise<RecommendationsSubgraph> {
    const { database, ...given } = givenOn({
      name: 'recommendations',
      connection: connectionTo(postgres, 'recommendations'),
      ...{ bus, passportKey, clock: systemClock, log },
    })
    const subgraph = createRecommendationsSubgraph(
      { ...given, stores: postgresRecommendationStores(database) },
      {
        RECOMMENDATIONS_EXPERIMENT: { configuration, share: 1 },
        RECOMMENDATIONS_TRAINED_PRODUCTS: trainedProducts,
      },
    )
    stack.onStop(() => database.close())
    await subgraph.start()
    stack.onStop(() => subgraph.stop())
    return subgraph
  }

  const first = await open('served')
  const stamp = { source: 'evaluation', clock: systemClock, newId: newUuid }
  await bus.publish(
    'state',
    stampMessages(stateOf(catalogue), stamp).map(({ message }) => message),
  )
  await first.importBaskets(
    baskets.map(({ at, productIds }, place) => ({ source: `evaluation/${place}`, at, productIds })),
  )
  await first.importPurchases(purchasesOf(baskets, customers))
  await first.settled()
  await first.train()
  return {
    async replica(configuration) {
      const subgraph = await open(configuration)
      return async (query, variables, viewer = somebody) => {
        const passport = await passports(viewer, 'recommendations')
        const { data, errors } = await subgraph.execute({ query, variables, passport })
        if (errors !== undefined) throw new Error(JSON.stringify(errors))
        return data
      }
    },
    stop: () => stack.stop(),
  }
}

/** A session, since who has none takes part in no experiment. */
const somebody: Viewer = { kind: 'guest', id: newUuid() }

function purchasesOf(baskets: readonly EvaluatedBasket[], customers: ReadonlySet<string>) {
  return baskets.flatMap(({ at, customer, productIds }, place) =>
    customer !== null && customers.has(customer)
      ? [{ userId: userIdOf(customer), orderId: demoId('evaluated order', `${place}`, place), at, productIds }]
      : [],
  )
}

const log = createLogger('warn')

async function openGround(stack: Stack) {
  const folder = await mkdtemp(join(tmpdir(), 'souk-evaluate-'))
  stack.onStop(() => rm(folder, { recursive: true, force: true }))
  // PostgreSQL's user, another than ours when we are root, must get through.
  await chmod(folder, 0o711)
  const postgres = await startPostgres({ dataDir: join(folder, 'data'), log, durable: false })
  stack.onStop(() => postgres.stop())
  await ensureDatabases(postgres.socketDir, ['bus', 'recommendations'])
  const bus = await postgresBus({ connection: connectionTo(postgres.socketDir, 'bus'), newId: newUuid, log })
  stack.onStop(() => bus.stop())
  const { privateKey, publicKey } = await generateKeyPair('EdDSA')
  const passports = passportOffice({ privateKey, clock: systemClock })
  return { postgres: postgres.socketDir, bus, passports, passportKey: publicKey }
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
