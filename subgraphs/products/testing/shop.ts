import { stockState } from '../../../contracts/inventory.ts'
import { productState } from '../../../contracts/products.ts'
import { parseMessage } from '../../../platform/messaging/message.ts'
import type { Viewer } from '../../../platform/identity/viewer.ts'
import { newUuid } from '../../../platform/ids.ts'
import { categories, product } from '../../../tests/support/products.ts'
import { createHarness, type Answer, type Harness } from '../../../tests/support/harness.ts'
import { dropMongoDatabase, type TestMongo } from '../../../tests/support/mongodb.ts'
import { stockMessage } from '../../../tests/support/messages.ts'
import type { ImportedProduct } from '../importing.ts'
import { mongoProductStores } from '../stores/mongodb/stores.ts'
import { postgresProductStore } from '../stores/postgres/store.ts'
import type { ProductStore, ProductStores } from '../stores/store.ts'
import type { ProductsSubgraph } from '../subgraph.ts'

export const staff: Viewer = { kind: 'user', id: newUuid(), roles: ['STAFF'] }
export const shopper: Viewer = { kind: 'user', id: newUuid(), roles: ['SHOPPER'] }
export const guest: Viewer = { kind: 'guest', id: newUuid() }

export { categories, product }

export interface Shop {
  readonly harness: Harness
  readonly products: ProductsSubgraph
  /** Its store, as another replica has it. */
  anotherStore(): ProductStore
  ask(query: string, variables?: Record<string, unknown>, viewer?: Viewer): Promise<Answer>
  /** As if inventory had published it. */
  stock(variantId: string | undefined, available: number, version?: number): Promise<void>
  /** From now on each new variant is put on the shelf, and each discontinued one is taken off it, as inventory would. */
  answerAsInventory(): Promise<void>
  stop(): Promise<void>
}

interface ShopOptions {
  readonly NEW_STOCK_WAIT_MS: number
}

export type OpenShop = (onSale: readonly ImportedProduct[], config?: ShopOptions) => Promise<Shop>

/** products alone, on a real bus and database, with these on sale. */
export const openShop: OpenShop = (onSale, config) => openShopOn(undefined, { onSale, config })

/** The same on MongoDB. */
export function openShopOnMongo(mongo: TestMongo): OpenShop {
  return async (onSale, config) => {
    const database = mongo.database()
    const shop = await openShopOn(() => mongoProductStores(database), { onSale, config })
    return {
      ...shop,
      async stop() {
        await shop.stop()
        await dropMongoDatabase(database)
      },
    }
  }
}

/** @param makeStores of another driver than PostgreSQL */
async function openShopOn(
  makeStores: (() => ProductStores) | undefined,
  {
    onSale,
    config = { NEW_STOCK_WAIT_MS: 5_000 },
  }: { onSale: readonly ImportedProduct[]; config: ShopOptions | undefined },
): Promise<Shop> {
  const harness = await createHarness()
  const products = await harness.add('products', {
    config,
    ...(makeStores !== undefined && { stores: { products: makeStores() } }),
  })
  await products.importProducts(categories, onSale)
  await harness.settled()

  async function stock(variantId: string | undefined, available: number, version = 1): Promise<void> {
    if (variantId === undefined) throw new Error('there is no such variant')
    await harness.publish(stockState, stockMessage({ variantId, available }, version))
  }

  return {
    harness,
    products,
    anotherStore: () => makeStores?.().products ?? postgresProductStore(harness.databaseOf('products')),
    stock,
    ask: (query, variables, viewer) =>
      harness.ask('products', { query, ...(variables && { variables }), ...(viewer && { viewer }) }),
    async answerAsInventory() {
      await harness.bus.readState({
        name: 'inventory',
        types: [productState.type],
        async apply(messages) {
          for (const { status, variants } of messages.map((message) => parseMessage(productState, message).data)) {
            const isSold = status === 'ACTIVE'
            for (const { variantId, initialStock } of variants)
              await stock(variantId, isSold ? initialStock : 0, isSold ? 1 : 2)
          }
        },
      })
    },
    stop: () => harness.stop(),
  }
}
