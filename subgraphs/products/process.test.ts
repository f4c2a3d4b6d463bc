import { expect, test } from 'vitest'

import { ConfigError } from '../../platform/config.ts'
import { newUuid } from '../../platform/ids.ts'
import { groundConfig } from '../../platform/process/config.ts'
import { openSubgraph } from '../../platform/process/open-subgraph.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { Stack } from '../../platform/work/stack.ts'
import { mongoProgram } from '../../scripts/servers/mongodb.ts'
import { createHarness } from '../../tests/support/harness.ts'
import { mongoForTests } from '../../tests/support/mongodb.ts'
import { categories, product } from '../../tests/support/products.ts'
import { whereInstalled } from '../../tests/support/where-installed.ts'
import { productsProcess } from './process.ts'

/** Products as a process puts it together; nobody asks it anything. */
async function opened(environment: Record<string, string>, look: (products: Opened) => Promise<void>): Promise<void> {
  const harness = await createHarness()
  const stack = new Stack()
  try {
    const passports = () => Promise.reject(new Error('nobody'))
    const ground = { config: groundConfig.parse({}), bus: harness.bus, log: createLogger('silent'), passports, stack }
    await look(await openSubgraph(productsProcess, { environment, ...ground }))
  } finally {
    await stack.stop()
    await harness.stop()
  }
}

type Opened = Awaited<ReturnType<typeof productsProcess.create>>

test('products with no database at all does not start, and says what is missing', async () => {
  await expect(opened({}, () => Promise.resolve())).rejects.toThrow(ConfigError)
})

await whereInstalled(mongoProgram, () => {
  const mongo = mongoForTests()

  test('products is on MongoDB where that is named, in the database of the address', async () => {
    const { url } = mongo.server()
    const named = url.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/, `$1/test_named_${newUuid().slice(-8)}`)
    await opened({ MONGODB_URL: named, DATABASE_URL: 'postgres://127.0.0.1:1/none' }, async (products) => {
      expect(await products.ready()).toBe(true)
      expect(await products.importProducts(categories, [product('Mug')])).toBe(1)
    })
    const kept = mongo.database({ url: named })
    expect(await kept.collection('products').countDocuments()).toBe(1)
    await kept.db.dropDatabase()
    await kept.close()
  })
})
