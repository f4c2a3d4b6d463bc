import { systemClock } from '../../platform/clock.ts'
import { ConfigError, parseConfig, type Environment } from '../../platform/config.ts'
import { newUuid } from '../../platform/ids.ts'
import { mongodbConfig } from '../../platform/mongodb/config.ts'
import { mongoDatabase, type MongoDatabase } from '../../platform/mongodb/database.ts'
import type { PostgresDatabase } from '../../platform/postgres/database.ts'
import { mongoTakenProducts } from '../../subgraphs/products/stores/mongodb/moving.ts'
import { mongoProductStores } from '../../subgraphs/products/stores/mongodb/stores.ts'
import { postgresKeptProducts } from '../../subgraphs/products/stores/postgres/moving.ts'
import { movable, type Movable, type OpenMove } from './move.ts'

/** From PostgreSQL to the MongoDB that MONGODB_URL names. */
export async function openProductsMove(from: PostgresDatabase, environment: Environment): Promise<OpenMove> {
  const { MONGODB_URL: url, MONGODB_TIMEOUT_MS: timeout } = parseConfig(mongodbConfig, environment)
  if (url === undefined) {
    throw new ConfigError(
      'MONGODB_URL is missing: expected the address of the MongoDB to move to, such as mongodb://127.0.0.1:27017/souk_products',
    )
  }
  const stamp = { source: 'products', clock: systemClock, newId: newUuid }
  const to = mongoDatabase({ url, name: 'souk_products', timeout, stamp, log: from.log })
  await mongoProductStores(to)
    .storage.open()
    .catch(async (thrown: unknown) => {
      await to.close()
      throw thrown
    })
  return { movables: productsBetween(from, to), close: to.close }
}

/** Products refer to categories, and stock to products. */
export function productsBetween(from: PostgresDatabase, to: MongoDatabase): Movable[] {
  const [kept, taken] = [postgresKeptProducts(from), mongoTakenProducts(to)]
  return [
    movable('categories', kept.categories, taken.categories),
    movable('products', kept.products, taken.products),
    movable('stock levels', kept.stock, taken.stock),
  ]
}
