import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { productState } from '../../contracts/products.ts'
import { visitor, type Viewer } from '../../platform/identity/viewer.ts'
import { newUuid } from '../../platform/ids.ts'
import type { Json } from '../../tests/support/shopping.ts'
import { newGuest, newUser, startCart, type CartUnderTest } from './testing/cart-under-test.ts'

let souk: CartUnderTest
let mug: string
let jug: string
beforeAll(async () => {
  souk = await startCart()
  ;[mug = '', jug = ''] = await souk.onSale(9, 9)
})
afterAll(() => souk.harness.stop())

function entities(viewer: Viewer, representation: Json, fields: string) {
  return souk.ask(
    viewer,
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${representation.__typename} { ${fields} } } }`,
    { of: [representation] },
  )
}

describe('a reference to a cart or a line', () => {
  let owner: Viewer
  let cart: Json
  beforeAll(async () => {
    owner = newUser()
    await souk.add(owner, mug, 2)
    cart = await souk.add(owner, jug, 3)
  })

  it('is answered to its owner', async () => {
    const whole = { __typename: 'Cart', id: cart.id }
    expect((await entities(owner, whole, 'version subtotal { amount currency }')).data).toEqual({
      _entities: [{ version: 2, subtotal: { amount: 1_250, currency: 'GBP' } }],
    })
    const line = { __typename: 'CartLine', id: cart.lines[1].id }
    expect((await entities(owner, line, 'quantity total { amount } variant { name }')).data).toEqual({
      _entities: [{ quantity: 3, total: { amount: 750 }, variant: { name: 'Mug' } }],
    })
  })

  it('is nothing to anybody else, staff neither', async () => {
    const others: Viewer[] = [
      newUser(),
      newGuest(),
      { kind: 'guest', id: 'id' in owner ? owner.id : '' },
      { kind: 'user', id: newUuid(), roles: ['STAFF', 'ADMIN'] },
      visitor,
    ]
    for (const viewer of others) {
      for (const [typename, id] of [
        ['Cart', cart.id],
        ['CartLine', cart.lines[0].id],
        ['Cart', 'nonsense'],
      ]) {
        const { data, errors } = await entities(viewer, { __typename: typename, id }, 'id')
        expect({ data, errors }).toEqual({ data: { _entities: [null] }, errors: [] })
      }
    }
  })
})

describe('what cart knows of variants', () => {
  async function content() {
    const database = souk.harness.databaseOf('cart')
    const products = await database.query('select * from known_product order by product_id')
    const variants = await database.query('select * from known_variant order by variant_id')
    const stock = await database.query('select * from known_stock order by variant_id')
    return { products: products.rows, variants: variants.rows, stock: stock.rows }
  }

  it('can be thrown away and rebuilt from the bus, to the same content', async () => {
    const [gone = ''] = await souk.onSale(5)
    await souk.discontinue(gone)
    const before = await content()
    expect(before.variants).toHaveLength(3)
    await souk.harness.databaseOf('cart').query('truncate known_product, known_variant, known_stock')
    for (const reader of ['cart.catalogue', 'cart.stock']) await souk.harness.bus.rereadState(reader)
    await souk.harness.settled()
    expect(await content()).toEqual(before)
  })

  it('is filled again at the next start, when a migration has thrown it away', async () => {
    const { products, variants } = await content()
    await souk.subgraph.stop()
    await souk.harness.databaseOf('cart').query('truncate known_product, known_variant')
    await souk.subgraph.start()
    await souk.harness.settled()
    expect(await content()).toMatchObject({ products, variants })
  })

  it('is not changed by what is consumed once more, or late', async () => {
    const before = await content()
    for (const reader of ['cart.catalogue', 'cart.stock']) await souk.harness.bus.rereadState(reader)
    const [state] = await souk.harness.published(productState)
    if (state === undefined) throw new Error('no state was published')
    await souk.harness.publish(productState, {
      key: newUuid(),
      version: 0,
      data: { ...state.data, status: 'DISCONTINUED' },
    })
    await souk.harness.settled()
    expect(await content()).toEqual(before)
  })
})
