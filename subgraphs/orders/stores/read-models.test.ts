import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { newUuid } from '../../../platform/ids.ts'
import { createShop, inputFor, newUser, type Json, type Shop } from '../testing/shop.ts'

let shop: Shop

beforeAll(async () => {
  shop = await createShop()
})
afterAll(() => shop.stop())

const tables = ['catalogue_variant', 'stock_level', 'known_cart']

async function contents(): Promise<Json[]> {
  const database = shop.harness.databaseOf('orders')
  return Promise.all(tables.map(async (table) => (await database.query(`select * from ${table} order by 1`)).rows))
}

describe('what orders knows of its neighbours', () => {
  it('is not changed by older messages', async () => {
    const { variantId, productId } = await shop.publishVariant({ price: 300, version: 2 })
    await shop.publishStock(variantId, 5, 2)
    await shop.harness.settled()
    const before = await contents()
    await shop.publishVariant({ variantId, productId, price: 200, version: 1 })
    await shop.publishStock(variantId, 50, 1)
    await shop.harness.settled()
    expect(await contents()).toEqual(before)
  })

  it('forgets a variant that its product no longer has', async () => {
    const { variantId, productId } = await shop.publishVariant({ version: 1 })
    await shop.harness.settled()
    const { variantId: successor } = await shop.publishVariant({ productId, version: 2 })
    await shop.harness.settled()
    const { rows } = await shop.harness
      .databaseOf('orders')
      .query('select variant_id from catalogue_variant where product_id = $1', [productId])
    expect(rows).toEqual([{ variant_id: successor }])
    expect(successor).not.toBe(variantId)
  })

  it('can be emptied and read again from the bus, to the same content', async () => {
    const { user, cart, input } = await shop.shopper()
    const before = await contents()
    expect(before.every((rows) => rows.length > 0)).toBe(true)

    await shop.harness.databaseOf('orders').query(`truncate ${tables.join(', ')}`)
    expect(await shop.placed(user, { ...input, idempotencyKey: newUuid() })).toMatchObject({ code: 'CART_CHANGED' })
    for (const reader of ['orders.catalogue', 'orders.stock', 'orders.carts']) {
      await shop.harness.bus.rereadState(reader)
    }
    await shop.harness.settled()
    expect(await contents()).toEqual(before)
    expect(await shop.placed(user, inputFor(cart, 500))).toMatchObject({ status: 'PENDING' })
  })

  it('is all that placing an order needs: what inventory has not published yet is inventory’s to refuse', async () => {
    const user = newUser()
    const { variantId, price } = await shop.publishVariant()
    const cart = { cartId: newUuid(), version: 1, lines: [{ lineId: newUuid(), variantId, quantity: 1 }] }
    await shop.publishCart(user, cart)
    await shop.harness.settled()
    expect(await shop.placed(user, inputFor(cart, price))).toMatchObject({ status: 'PENDING' })
  })
})
