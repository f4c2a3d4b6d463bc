import { expect, test } from 'vitest'

import { filled, type WithOutbox } from '../../platform/mongodb/messaging/entries.ts'
import { inOrder } from '../../platform/mongodb/messaging/outbox.ts'
import { mongoProgram } from '../../scripts/servers/mongodb.ts'
import { mongoProductStores } from '../../subgraphs/products/stores/mongodb/stores.ts'
import { distinctQueries, hasOrder, isIndexed, recordQueries, type RecordedQuery } from '../support/mongo-queries.ts'
import { dropMongoDatabase, mongoForTests } from '../support/mongodb.ts'
import { whereInstalled } from '../support/where-installed.ts'
import { productsStoreContract } from './products-store.ts'
import { sketch, toSave, toys } from './products-store-sketches.ts'

await whereInstalled(mongoProgram, () => {
  const mongo = mongoForTests()
  const queries: RecordedQuery[] = []

  async function open() {
    const database = mongo.database({ monitorCommands: true })
    recordQueries(database.client, queries)
    const stores = mongoProductStores(database)
    await stores.storage.open()
    return { database, stores, store: stores.products, close: () => dropMongoDatabase(database) }
  }

  productsStoreContract('products on MongoDB', async () => {
    const { database, ...opened } = await open()
    return {
      ...opened,
      async published() {
        const documents = await database.collection<WithOutbox>('products').find(filled).toArray()
        return inOrder(documents).map(({ message }) => message)
      },
    }
  })

  // The last of this file: it looks at what all the others have asked.
  test('products on MongoDB: whatever is asked is found by an index, and lists are in the order of one', async () => {
    const { database, stores, store, close } = await open()
    await store.saveCategories([toys])
    await store.insertMany([sketch(), sketch()].map(toSave))
    await stores.storage.outbox.relayBatch(() => Promise.resolve())
    const asked = distinctQueries(queries)
    // Of reading and of writing, of each collection.
    expect(asked.length).toBeGreaterThan(30)
    for (const query of asked) {
      expect(await isIndexed(database.db, query), `no index for ${JSON.stringify(query)}`).toBe(true)
      if (query.sort === undefined || '_id' in query.filter) continue
      expect(await hasOrder(database.db, query), `no order for ${JSON.stringify(query)}`).toBe(true)
    }
    // And what has none is seen.
    const strangers = [{ name: 'Thing' }, { $or: [{ slug: 'thing' }, { name: 'Thing' }] }, {}]
    for (const filter of strangers) {
      expect(await isIndexed(database.db, { collection: 'products', filter })).toBe(false)
    }
    expect(await hasOrder(database.db, { collection: 'products', filter: {}, sort: { sortName: 1 } })).toBe(false)
    await close()
  })
})
