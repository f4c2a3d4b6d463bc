import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { commitStock, reserveStock, stockReleased } from '../../contracts/inventory.ts'
import { productState } from '../../contracts/products.ts'
import { newUuid } from '../../platform/ids.ts'
import { databaseWith } from '../../platform/postgres/database.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import type { WakingLoop } from '../../platform/work/loop.ts'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { orderMessage, productMessage } from '../../tests/support/messages.ts'
import { eventually } from '../../tests/support/shopping.ts'
import { expireReservations } from './expire-reservations.ts'
import { postgresInventoryStore } from './stores/postgres/store.ts'
import { answersTo } from './testing/answers.ts'

let harness: Harness
let expiry: WakingLoop
beforeAll(async () => {
  harness = await createHarness()
  await harness.add('inventory', { config: { RESERVATION_MINUTES: 0.001 } })
  expiry = expireReservations({
    database: databaseWith(harness.databaseOf('inventory'), postgresInventoryStore),
    log: createLogger('silent'),
  })
})
afterAll(async () => {
  await expiry.stop()
  await harness.stop()
})

async function variantWith(initialStock: number): Promise<string> {
  const variantId = newUuid()
  await harness.publish(productState, productMessage({ variants: [{ variantId, initialStock }] }))
  await harness.settled()
  return variantId
}

async function publish(definition: typeof reserveStock | typeof commitStock, orderId: string, variantId: string) {
  const lines = [{ variantId, quantity: 3 }]
  await harness.publish(definition, orderMessage({ orderId, lines }))
  await harness.settled()
}

/** A new order holds three units, until its time has run out. */
async function expiredHold(variantId: string): Promise<string> {
  const orderId = newUuid()
  await publish(reserveStock, orderId, variantId)
  await eventually(
    async () => {
      await expiry.settled()
      return answersTo(harness, orderId)
    },
    (answers) => answers.includes('inventory.StockReleased'),
    { what: 'the reservation expires' },
  )
  return orderId
}

async function levelOf(variantId: string) {
  const [level] = await postgresInventoryStore(harness.databaseOf('inventory')).levels([variantId])
  return { onHand: level?.onHand, held: level?.held }
}

describe('a reservation that has run out', () => {
  it('frees its units, and the order is answered that it did', async () => {
    const variantId = await variantWith(5)
    const orderId = await expiredHold(variantId)
    expect(await levelOf(variantId)).toEqual({ onHand: 5, held: 0 })
    const released = (await harness.published(stockReleased)).filter(({ subject }) => subject === orderId)
    expect(released.map(({ data }) => data.why)).toEqual(['EXPIRED'])
  })

  it('is committed all the same while the units are there', async () => {
    const variantId = await variantWith(5)
    const orderId = await expiredHold(variantId)
    await publish(commitStock, orderId, variantId)
    await publish(commitStock, orderId, variantId)
    expect((await answersTo(harness, orderId)).slice(2)).toEqual([
      'inventory.StockCommitted',
      'inventory.StockCommitted',
    ])
    expect(await levelOf(variantId)).toEqual({ onHand: 2, held: 0 })
  })

  it('is refused when somebody else has them', async () => {
    const variantId = await variantWith(5)
    const orderId = await expiredHold(variantId)
    await publish(commitStock, newUuid(), variantId)
    await publish(commitStock, orderId, variantId)
    expect((await answersTo(harness, orderId)).slice(2)).toEqual(['inventory.StockRefused'])
    expect(await levelOf(variantId)).toEqual({ onHand: 2, held: 0 })
  })

  it('leaves a ledger whose sums are the stock', async () => {
    const { rows } = await harness.databaseOf('inventory').query(
      `select stock.variant_id from stock left join stock_movement as moved using (variant_id)
       group by stock.variant_id, stock.on_hand, stock.held
       having sum(moved.on_hand) <> stock.on_hand or sum(moved.held) <> stock.held`,
    )
    expect(rows).toEqual([])
  })
})
