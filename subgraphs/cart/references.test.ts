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

/** A line as the gateway tells of it. */
const priced = (id: string, amount: number) => ({ variant: { id, price: { amount, currency: 'GBP' } } })

describe('a reference to a cart or a line', () => {
  let owner: Viewer
  let cart: Json
  beforeAll(async () => {
    owner = newUser()
    await souk.add(owner, mug, 2)
    cart = await souk.add(owner, jug, 3)
  })

  it('is answered to its owner, with totals of the prices that the gateway brings', async () => {
    const whole = { __typename: 'Cart', id: cart.id, lines: [priced(mug, 250), priced(jug, 100)] }
    expect((await entities(owner, whole, 'version subtotal { amount currency }')).data).toEqual({
      _entities: [{ version: 2, subtotal: { amount: 800, currency: 'GBP' } }],
    })
    const line = { __typename: 'CartLine', id: cart.lines[1].id, ...priced(jug, 100) }
    expect((await entities(owner, line, 'quantity total { amount }')).data).toEqual({
      _entities: [{ quantity: 3, total: { amount: 300 } }],
    })
  })

  it('totals what the gateway has seen, each line by its own price, whatever has become of the cart since', async () => {
    const [shopper, cup] = [newUser(), newUuid()]
    await souk.add(shopper, mug, 2)
    const { id, lines } = await souk.add(shopper, jug, 3)
    const subtotal = async (...seen: Json[]) => {
      const { data } = await entities(shopper, { __typename: 'Cart', id, lines: seen }, 'subtotal { amount }')
      return data
    }
    expect(await subtotal(priced(mug, 250))).toEqual({ _entities: [{ subtotal: { amount: 500 } }] })
    const seen = [priced(cup, 9), priced(mug, 250), priced(jug, 100)]
    expect(await subtotal(...seen)).toEqual({ _entities: [{ subtotal: { amount: 800 } }] })
    await souk.update(shopper, lines[0].id, 0)
    expect(await subtotal(...seen)).toEqual({ _entities: [{ subtotal: { amount: 300 } }] })
  })

  it('of an empty cart totals nothing', async () => {
    const guest = newGuest()
    const { id } = await souk.clear(guest)
    const { data, errors } = await entities(
      guest,
      { __typename: 'Cart', id, lines: [] },
      'subtotal { amount currency }',
    )
    expect({ data, errors }).toEqual({
      errors: [],
      data: { _entities: [{ subtotal: { amount: 0, currency: 'GBP' } }] },
    })
  })

  it('tells nothing of the inside when the prices are missing', async () => {
    const { errors } = await entities(owner, { __typename: 'Cart', id: cart.id }, 'subtotal { amount }')
    expect(errors).toMatchObject([{ code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong on our side.' }])
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

  it('is not changed by what is heard once more, or late', async () => {
    const before = await content()
    for (const reader of ['cart.catalogue', 'cart.stock']) await souk.harness.bus.rereadState(reader)
    const [told] = await souk.harness.published(productState)
    if (told === undefined) throw new Error('nothing told')
    await souk.harness.publish(productState, {
      key: newUuid(),
      version: 0,
      data: { ...told.data, status: 'DISCONTINUED' },
    })
    await souk.harness.settled()
    expect(await content()).toEqual(before)
  })
})
