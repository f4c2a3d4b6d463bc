import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { orderConfirmed } from '../../contracts/orders.ts'
import { visitor, type Viewer } from '../../platform/identity/viewer.ts'
import { newUuid } from '../../platform/ids.ts'
import type { Json } from '../../tests/support/shopping.ts'
import { orderConfirmedMessage } from '../../tests/support/messages.ts'
import { type CartUnderTest, newGuest, newUser, onEachStore } from './testing/cart-under-test.ts'

await onEachStore((startCart) => {
  let souk: CartUnderTest
  beforeAll(async () => {
    souk = await startCart()
  })
  afterAll(() => souk.stop())

  describe('putting something into the cart', () => {
    it('makes the cart, then a line, then more of it', async () => {
      const [mug = '', jug = ''] = await souk.onSale(9, 9)
      const guest = newGuest()
      expect(await souk.cart(guest)).toBeNull()
      const first = await souk.add(guest, mug)
      expect(first).toMatchObject({ version: 1, itemCount: 1, lines: [{ quantity: 1, variant: { id: mug } }] })
      await souk.add(guest, jug, 2)
      const third = await souk.add(guest, mug, 3)
      expect(third).toMatchObject({ id: first.id, version: 3, itemCount: 6 })
      expect(third.lines[0].id).toBe(first.lines[0].id)
      expect(await souk.cart(guest)).toEqual(third)
    })

    it('is published to the others', async () => {
      const [mug = ''] = await souk.onSale(9)
      const user = newUser()
      const { id, lines } = await souk.add(user, mug, 2)
      expect(await souk.published(id)).toEqual({
        cartId: id,
        owner: { kind: 'user', id: user.id },
        lines: [{ lineId: lines[0].id, variantId: mug, quantity: 2 }],
      })
    })

    it('counts every one of many at once', async () => {
      const [mug = '', jug = ''] = await souk.onSale(50, 50)
      const user = newUser()
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => souk.add(user, index % 2 === 0 ? mug : jug)),
      )
      expect(answers.map(({ version }) => version).sort((left, right) => left - right)).toEqual(
        Array.from({ length: 20 }, (_, index) => index + 1),
      )
      expect(await souk.contents(user)).toEqual({ [mug]: 10, [jug]: 10 })
    })

    it.each([0, -1, 100, 1_000_000])('is refused for the quantity %i', async (quantity) => {
      const [mug = ''] = await souk.onSale(9)
      expect(await souk.add(newGuest(), mug, quantity)).toMatchObject({ code: 'INVALID_INPUT', field: 'quantity' })
    })

    it('is refused beyond what there is, saying how much there is', async () => {
      const [mug = ''] = await souk.onSale(4)
      const guest = newGuest()
      await souk.add(guest, mug, 3)
      expect(await souk.add(guest, mug, 2)).toMatchObject({
        code: 'OUT_OF_STOCK',
        shortages: [{ variant: { id: mug }, requested: 5, available: 4 }],
      })
      expect(await souk.contents(guest)).toEqual({ [mug]: 3 })
    })

    it('is refused beyond 99 of a line, and beyond 50 lines', async () => {
      const [bulk = '', ...others] = await souk.onSale(500, ...Array.from({ length: 50 }, () => 5))
      const guest = newGuest()
      await souk.add(guest, bulk, 99)
      expect(await souk.add(guest, bulk)).toMatchObject({ code: 'QUANTITY_LIMIT' })
      const last = others.pop() ?? ''
      for (const variantId of others) await souk.add(guest, variantId)
      expect(await souk.add(guest, last)).toMatchObject({ code: 'QUANTITY_LIMIT' })
      expect((await souk.cart(guest)).lines).toHaveLength(50)
    })

    it('is refused for what is not for sale', async () => {
      const [gone = ''] = await souk.onSale(9)
      await souk.discontinue(gone)
      for (const variantId of [gone, newUuid(), 'nonsense', '']) {
        expect(await souk.add(newGuest(), variantId)).toMatchObject({ code: 'NOT_FOUND' })
      }
    })
  })

  describe('changing a line', () => {
    let viewer: Viewer
    let mug: string
    let line: Json
    beforeAll(async () => {
      ;[mug = ''] = await souk.onSale(9)
      viewer = newUser()
      line = (await souk.add(viewer, mug, 3)).lines[0]
    })

    it('sets its quantity, up to what there is', async () => {
      expect(await souk.update(viewer, line.id, 9)).toMatchObject({ itemCount: 9 })
      expect(await souk.update(viewer, line.id, 10)).toMatchObject({ shortages: [{ requested: 10, available: 9 }] })
      const same = await souk.update(viewer, line.id, 9)
      expect(await souk.update(viewer, line.id, 9)).toEqual(same)
    })

    it.each([-1, 100])('is refused for the quantity %i', async (quantity) => {
      expect(await souk.update(viewer, line.id, quantity)).toMatchObject({ code: 'INVALID_INPUT', field: 'quantity' })
    })

    it('is refused for a line of another cart', async () => {
      const theirs = (await souk.add(newUser(), mug)).lines[0]
      for (const lineId of [theirs.id, newUuid(), 'nonsense']) {
        expect(await souk.update(viewer, lineId, 1)).toMatchObject({ code: 'NOT_FOUND' })
      }
    })

    it('to 0 removes it', async () => {
      expect(await souk.update(viewer, line.id, 0)).toMatchObject({ lines: [], itemCount: 0 })
      expect(await souk.update(viewer, line.id, 1)).toMatchObject({ code: 'NOT_FOUND' })
    })
  })

  describe('clearing the cart', () => {
    it('removes every line, and is no change the second time', async () => {
      const [mug = '', jug = ''] = await souk.onSale(9, 9)
      const user = newUser()
      await souk.add(user, mug)
      await souk.add(user, jug)
      const cleared = await souk.clear(user)
      expect(cleared).toMatchObject({ version: 3, lines: [], itemCount: 0 })
      expect(await souk.clear(user)).toEqual(cleared)
      expect(await souk.published(cleared.id)).toMatchObject({ lines: [] })
    })

    it('makes one where there was none, so that what is answered exists', async () => {
      const guest = newGuest()
      const cleared = await souk.clear(guest)
      expect(cleared).toMatchObject({ version: 1, lines: [] })
      expect(await souk.cart(guest)).toEqual(cleared)
    })
  })

  describe('a visitor', () => {
    it('has no cart, and is published to start a session before changing one', async () => {
      expect(await souk.cart(visitor)).toBeNull()
      const [mug = ''] = await souk.onSale(9)
      for (const mutation of [
        `addCartItem(input: { variantId: "${mug}" }) { __typename }`,
        `updateCartLine(input: { lineId: "${mug}", quantity: 1 }) { __typename }`,
        'clearCart { __typename }',
        'acceptProposal(token: "token") { __typename }',
      ]) {
        const { errors } = await souk.ask(visitor, `mutation { ${mutation} }`)
        expect(errors).toMatchObject([{ code: 'UNAUTHENTICATED' }])
      }
    })
  })

  describe('99 changes of one cart at once', () => {
    it('all take effect', async () => {
      const [mug = ''] = await souk.onSale(99)
      const user = newUser()
      const answers = await Promise.all(Array.from({ length: 99 }, () => souk.add(user, mug)))
      const counts = answers.map(({ itemCount }: Json) => Number(itemCount))
      expect(counts.toSorted((left, right) => left - right)).toEqual(counts.map((_, at) => at + 1))
      expect(await souk.contents(user)).toEqual({ [mug]: 99 })
    })
  })

  describe('an order that is confirmed', () => {
    async function confirm(user: Viewer, cart: Json): Promise<void> {
      const lines = cart.lines.map(({ id: lineId, quantity, variant }: Json) => ({
        lineId,
        variantId: variant.id,
        quantity,
      }))
      const userId = 'id' in user ? user.id : ''
      const message = orderConfirmedMessage({ userId, cart: { cartId: cart.id, lines } })
      await souk.harness.publish(orderConfirmed, message)
      await souk.harness.settled()
    }

    it('takes what was bought out of the cart, once; what was added since stays', async () => {
      const [mug = '', jug = '', cup = ''] = await souk.onSale(9, 9, 9)
      const user = newUser()
      await souk.add(user, mug, 2)
      const placed = await souk.add(user, jug, 1)
      await souk.add(user, mug, 3)
      await souk.add(user, cup, 4)
      await confirm(user, placed)
      expect(await souk.contents(user)).toEqual({ [mug]: 3, [cup]: 4 })
      const { version } = await souk.cart(user)
      await souk.harness.redeliver()
      expect(await souk.contents(user)).toEqual({ [mug]: 3, [cup]: 4 })
      expect(await souk.cart(user)).toMatchObject({ version })
    })

    it('takes out no more than is there', async () => {
      const [mug = ''] = await souk.onSale(9)
      const user = newUser()
      const placed = await souk.add(user, mug, 5)
      await souk.update(user, placed.lines[0].id, 2)
      await confirm(user, placed)
      expect(await souk.contents(user)).toEqual({})
    })

    it('twice from the same lines counts each order', async () => {
      const [mug = ''] = await souk.onSale(9)
      const user = newUser()
      const placed = await souk.add(user, mug, 2)
      await souk.update(user, placed.lines[0].id, 5)
      await confirm(user, placed)
      await confirm(user, placed)
      expect(await souk.contents(user)).toEqual({ [mug]: 1 })
    })
  })
})
