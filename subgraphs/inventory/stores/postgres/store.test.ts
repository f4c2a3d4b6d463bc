import { afterAll, beforeAll, expect, it } from 'vitest'

import { newUuid } from '../../../../platform/ids.ts'
import type { PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { openTestStores, type TestStores } from '../../../../tests/support/stores.ts'
import { eventually } from '../../../../tests/support/shopping.ts'
import { postgresInventoryStore } from './store.ts'
import type { InventoryStores } from '../store.ts'
import { postgresInventoryStores } from './stores.ts'

let opened: TestStores<InventoryStores>
let database: PostgresDatabase

beforeAll(async () => {
  opened = await openTestStores('inventory', postgresInventoryStores)
  database = opened.database
})
afterAll(() => opened.close())

function stock(...variantIds: string[]): Promise<string[]> {
  return database.transaction(async (transaction) => {
    const first = variantIds.map((variantId) => ({ variantId, quantity: 3 }))
    const fresh = await postgresInventoryStore(transaction).stockNewVariants(first)
    return fresh.map(({ variantId }) => variantId)
  })
}

async function untilWaiting(writers: number): Promise<void> {
  await eventually(
    async () => {
      const { rows } = await database.query<{ waiting: number }>(
        `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return rows[0]?.waiting
    },
    (waiting) => waiting === writers,
    { what: 'every writer waits for the lock' },
  )
}

it('puts the same new variants on the shelf for two at once, whichever order each knows them in', async () => {
  const [low = '', middle = '', high = ''] = [newUuid(), newUuid(), newUuid()].toSorted()
  // A third writer, who gives up in the end, holds both in the middle of their way.
  const holder = await database.pool.connect()
  await holder.query('begin')
  await holder.query('insert into stock (variant_id, on_hand) values ($1, 0)', [middle])
  const upwards = stock(low, middle, high)
  await untilWaiting(1)
  const downwards = stock(high, middle, low)
  await untilWaiting(2)
  await holder.query('rollback')
  holder.release()
  expect((await Promise.all([upwards, downwards])).flat().toSorted()).toEqual([low, middle, high])
})
