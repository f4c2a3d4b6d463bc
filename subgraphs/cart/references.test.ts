import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { productState } from '../../contracts/products.ts'
import { visitor, type Viewer } from '../../platform/identity/viewer.ts'
import { newUuid } from '../../platform/ids.ts'
import type { Json } from '../../tests/support/shopping.ts'
import { type CartUnderTest, newGuest, newUser, onEachStore } from './testing/cart-under-test.ts'

await onEachStore((startCart) => {
  let souk: CartUnderTest
  let mug: string
  let jug: string
  beforeAll(async () => {
    souk = await startCart()
    ;[mug = '', jug = ''] = await souk.onSale(9, 9)
  })
  afterAll(() => souk.stop())

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
    it('can be thrown away and rebuilt from the bus, to the same content', async () => {
      const [gone = ''] = await souk.onSale(5)
      await souk.discontinue(gone)
      const before = await souk.known()
      expect(before).toMatchObject({ 'cart.known_variant': { length: 3 } })
      await souk.forget('the catalogue and stock')
      for (const reader of ['cart.catalogue', 'cart.stock']) await souk.harness.bus.rereadState(reader)
      await souk.harness.settled()
      expect(await souk.known()).toEqual(before)
    })

    it('is filled again at the next start, when a migration has thrown it away', async () => {
      const before = await souk.known()
      await souk.subgraph.stop()
      await souk.forget('the catalogue')
      await souk.subgraph.start()
      await souk.harness.settled()
      expect(await souk.known()).toEqual(before)
    })

    it('is not changed by what is consumed once more, or late', async () => {
      const before = await souk.known()
      for (const reader of ['cart.catalogue', 'cart.stock']) await souk.harness.bus.rereadState(reader)
      const [state] = await souk.harness.published(productState)
      if (state === undefined) throw new Error('no state was published')
      await souk.harness.publish(productState, {
        key: newUuid(),
        version: 0,
        data: { ...state.data, status: 'DISCONTINUED' },
      })
      await souk.harness.settled()
      expect(await souk.known()).toEqual(before)
    })
  })
})
