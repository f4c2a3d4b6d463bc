import { filled, type WithOutbox } from '../../platform/mongodb/messaging/entries.ts'
import { inOrder } from '../../platform/mongodb/messaging/outbox.ts'
import { mongoProgram } from '../../scripts/servers/mongodb.ts'
import { mongoProductStores } from '../../subgraphs/products/stores/mongodb/stores.ts'
import { dropMongoDatabase, mongoForTests } from '../support/mongodb.ts'
import { whereInstalled } from '../support/where-installed.ts'
import { productsStoreContract } from './products-store.ts'

await whereInstalled(mongoProgram, () => {
  const mongo = mongoForTests()
  productsStoreContract('products on MongoDB', async () => {
    const database = mongo.database()
    const stores = mongoProductStores(database)
    await stores.storage.open()
    return {
      store: stores.products,
      async published() {
        const documents = await database.collection<WithOutbox>('products').find(filled).toArray()
        return inOrder(documents).map(({ message }) => message)
      },
      close: () => dropMongoDatabase(database),
    }
  })
})
