import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { newUuid } from '../../platform/ids.ts'
import type { Json } from '../../tests/support/shopping.ts'
import { type CartUnderTest, newUser, onEachStore } from './testing/cart-under-test.ts'

await onEachStore((startCart) => {
  let souk: CartUnderTest
  beforeAll(async () => {
    souk = await startCart()
  })
  afterAll(() => souk.stop())

  const shown = `subtotal { amount currency } lines {
  quantity total { amount } variant {
    id sku name price { amount currency }
    product { id slug name images { url alt } priceRange { lowest { amount } highest { amount } } }
  }
}`

  async function seen(viewer: ReturnType<typeof newUser>): Promise<Json> {
    const { data, errors } = await souk.ask(viewer, `{ cart { ${shown} } }`)
    expect(errors).toEqual([])
    return data?.cart
  }

  describe('a cart', () => {
    it('shows its lines and totals by itself, as products last published them', async () => {
      const [mug = '', jug = ''] = await souk.onSale(9, 9)
      const user = newUser()
      await souk.add(user, mug, 2)
      const line = {
        quantity: 2,
        total: { amount: 500 },
        variant: {
          ...{ id: mug, sku: mug, name: 'Mug', price: { amount: 250, currency: 'GBP' } },
          product: {
            ...{
              id: mug,
              slug: `mug-${mug}`,
              name: 'Mug',
              images: [{ url: `/images/mugs/mug-${mug}.svg`, alt: 'Mug' }],
            },
            priceRange: { lowest: { amount: 250 }, highest: { amount: 250 } },
          },
        },
      }
      expect(await seen(user)).toEqual({ subtotal: { amount: 500, currency: 'GBP' }, lines: [line] })
      await souk.reprice([mug, jug], 300)
      expect(await seen(user)).toMatchObject({
        subtotal: { amount: 600 },
        lines: [{ total: { amount: 600 }, variant: { price: { amount: 300 } } }],
      })
    })

    it('of nothing costs nothing', async () => {
      const user = newUser()
      await souk.clear(user)
      expect(await seen(user)).toEqual({ subtotal: { amount: 0, currency: 'GBP' }, lines: [] })
    })

    it('goes on showing what is sold no more', async () => {
      const [mug = ''] = await souk.onSale(9)
      const user = newUser()
      await souk.add(user, mug, 2)
      await souk.discontinue(mug)
      expect(await seen(user)).toMatchObject({ subtotal: { amount: 500 }, lines: [{ variant: { name: 'Mug' } }] })
    })

    it('shows a line of something that is not known any more, so that it can be removed', async () => {
      const [mug = '', jug = ''] = await souk.onSale(9, 9)
      const user = newUser()
      await souk.add(user, mug, 2)
      const { lines } = await souk.add(user, jug, 3)
      await souk.forgetVariant(mug)
      expect(await seen(user)).toMatchObject({
        subtotal: { amount: 750 },
        lines: [
          { quantity: 2, total: { amount: 0 }, variant: { id: mug, name: 'No longer in the shop' } },
          { quantity: 3, total: { amount: 750 }, variant: { id: jug, name: 'Mug' } },
        ],
      })
      expect(await souk.update(user, lines[0].id, 0)).toMatchObject({ itemCount: 3 })
    })

    it('is answered after each of several changes as it was then, with its totals', async () => {
      const [mug = '', jug = ''] = await souk.onSale(9, 9)
      const user = newUser()
      const query = `mutation ($mug: ID!, $jug: ID!) {
      first: addCartItem(input: { variantId: $mug, quantity: 2 }) { ... on Cart { ${shown} } }
      second: addCartItem(input: { variantId: $jug, quantity: 5 }) { ... on Cart { ${shown} } }
      third: clearCart { ... on Cart { ${shown} } }
    }`
      const { data, errors } = await souk.ask(user, query, { mug, jug })
      expect(errors).toEqual([])
      const of = (cart: Json) => [cart.subtotal.amount, cart.lines.map(({ total }: Json) => total.amount)]
      const { first, second, third }: Json = data
      expect([first, second, third].map(of)).toEqual([
        [500, [500]],
        [1_750, [500, 1_250]],
        [0, []],
      ])
    })

    it('that cannot be filled says what it is short of, by name', async () => {
      const [mug = ''] = await souk.onSale(1)
      const query = `mutation ($variantId: ID!) {
      addCartItem(input: { variantId: $variantId, quantity: 2 }) {
        ... on OutOfStock { shortages { available variant { id name } } }
      }
    }`
      const { data, errors } = await souk.ask(newUser(), query, { variantId: mug })
      expect({ data, errors }).toEqual({
        data: { addCartItem: { shortages: [{ available: 1, variant: { id: mug, name: 'Mug' } }] } },
        errors: [],
      })
      expect(await souk.add(newUser(), newUuid())).toMatchObject({ code: 'NOT_FOUND' })
    })
  })
})
