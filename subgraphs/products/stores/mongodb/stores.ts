import type { MongoDatabase } from '../../../../platform/mongodb/database.ts'
import { mongoNotifications } from '../../../../platform/mongodb/notifications.ts'
import { mongoStorage } from '../../../../platform/mongodb/storage.ts'
import { stockChanged, type ProductStores } from '../store.ts'
import { collections } from './documents.ts'
import { reading } from './reading.ts'
import { saving } from './saving.ts'
import { productsSchema } from './schema.ts'
import { stock } from './stock.ts'

/** All that products keeps, in one MongoDB database. */
export function mongoProductStores(database: MongoDatabase): ProductStores {
  const { notify, ...notifications } = mongoNotifications(database, { [collections.stockLevels]: stockChanged })
  return {
    storage: mongoStorage(database, { schema: productsSchema, outboxIn: collections.products }),
    products: { ...reading(database), ...saving(database), ...stock(database, () => notify(stockChanged)) },
    notifications,
  }
}
