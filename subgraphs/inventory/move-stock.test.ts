import { afterAll, beforeAll, expect, it } from 'vitest'

import { newUuid } from '../../platform/ids.ts'
import type { Queryable } from '../../platform/postgres/database.ts'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import type { OrderCommand } from './domain/inventory.ts'
import { moveStock } from './move-stock.ts'
import { postgresInventoryStore } from './stores/postgres/store.ts'

let harness: Harness

beforeAll(async () => {
  harness = await createHarness()
  await harness.add('inventory', { config: { RESERVATION_MINUTES: 15 } })
})
afterAll(() => harness.stop())

/** Passes every statement on, and counts them. */
function counting(queryable: Queryable): Queryable & { count(): number } {
  let statements = 0
  return {
    query(text, values) {
      statements += 1
      return queryable.query(text, values)
    },
    count: () => statements,
  }
}

it('carries out the commands of fifty orders with four statements', async () => {
  const database = harness.databaseOf('inventory')
  const variantIds = Array.from({ length: 10 }, newUuid)
  const first = variantIds.map((variantId) => ({ variantId, quantity: 20 }))
  await postgresInventoryStore(database).stockNewVariants(first)
  const lines = variantIds.map((variantId) => ({ variantId, quantity: 1 }))
  const commands = Array.from({ length: 50 }, (): OrderCommand => ({ kind: 'RESERVE', orderId: newUuid(), lines }))

  const counted = await database.transaction(async (transaction) => {
    const queryable = counting(transaction)
    const moved = await moveStock(commands, { store: postgresInventoryStore(queryable), holdFor: 60_000 })
    return { statements: queryable.count(), ...moved }
  })

  expect(counted.statements).toBe(4)
  const answers = counted.answers.map((answer) => answer?.type)
  expect(answers.filter((type) => type === 'inventory.StockReserved')).toHaveLength(20)
  expect(answers.filter((type) => type === 'inventory.StockRefused')).toHaveLength(30)
  expect(counted.states).toHaveLength(10)
  const levels = await postgresInventoryStore(database).levels(variantIds)
  expect(new Set(levels.map(({ onHand, held }) => `${held} of ${onHand}`))).toEqual(new Set(['20 of 20']))
})
