import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Message } from '../../platform/messaging/message.ts'
import { newUuid } from '../../platform/ids.ts'
import { money } from '../../platform/money.ts'
import type { Cart } from '../../subgraphs/cart/domain.ts'
import { stateOf } from '../../subgraphs/cart/messages.ts'
import type { CartStore, KnownProduct, KnownVariant, OfferStore } from '../../subgraphs/cart/stores/store.ts'
import { firstVersion, next, saveIn } from '../support/carts.ts'

export interface OpenedCartStore {
  readonly carts: CartStore
  readonly offers: OfferStore
  /** All that was published, in order. */
  published(): Promise<readonly Message[]>
  close(): Promise<void>
}

/** What every store of carts, and of what can be put into them, must do, whatever it is made of. */
export function cartStoreContract(name: string, open: () => Promise<OpenedCartStore>): void {
  let opened: OpenedCartStore
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened.close())

  const save = (cart: Cart) => saveIn(opened.carts, cart)
  async function find(...wanted: Cart[]): Promise<readonly Cart[]> {
    const { carts, copiedUntil } = await opened.carts.byOwners(wanted.map(({ owner }) => owner))
    expect(copiedUntil).toBeUndefined()
    return carts
  }

  async function versionsPublished(cart: Cart): Promise<number[]> {
    const published = await opened.published()
    return published.filter(({ subject }) => subject === cart.id).map(({ aggregateversion }) => aggregateversion)
  }

  describe(`${name}: a cart`, () => {
    test('comes back whole, by its owner', async () => {
      const [first, second] = [firstVersion(), firstVersion({ lines: [], owner: { kind: 'guest', id: newUuid() } })]
      await save(first)
      await save(second)
      expect(await find(first)).toEqual([first])
      const both = await find(second, firstVersion(), first)
      expect(both).toHaveLength(2)
      expect(both).toEqual(expect.arrayContaining([first, second]))
    })

    test('is given to its owner alone, however many ask at once', async () => {
      const carts = Array.from({ length: 12 }, () => firstVersion())
      await Promise.all(carts.map(save))
      const found = await Promise.all([...carts, firstVersion()].map((cart) => find(cart)))
      expect(found).toEqual([...carts.map((cart) => [cart]), []])
    })

    test('that nobody has is left out', async () => {
      expect(await find()).toEqual([])
      expect(await find(firstVersion())).toEqual([])
    })

    test('of a guest is not that of a user with the same id', async () => {
      const guest = firstVersion({ owner: { kind: 'guest', id: newUuid() } })
      await save(guest)
      const user = firstVersion({ owner: { kind: 'user', id: guest.owner.id } })
      expect(await find(user)).toEqual([])
      expect(await save(user)).toBe(true)
      expect(await find(guest)).toEqual([guest])
    })

    test('is saved in its next version, together with what is published of it', async () => {
      const cart = firstVersion()
      const changed = next(cart, 7)
      expect([await save(cart), await save(changed)]).toEqual([true, true])
      expect(await find(cart)).toEqual([changed])
      expect(await versionsPublished(cart)).toEqual([1, 2])
    })

    test('keeps what is on its way from a guest to a user, and lets go of it', async () => {
      const guest = firstVersion({ owner: { kind: 'guest', id: newUuid() } })
      const handover = { id: `${guest.owner.id}@1`, userId: newUuid(), lines: guest.lines }
      const packed = { ...guest, version: 2, lines: [], handover }
      expect([await save(guest), await save(packed)]).toEqual([true, true])
      expect(await find(guest)).toEqual([packed])
      const rid = { ...packed, version: 3, handover: null }
      expect(await save(rid)).toBe(true)
      expect(await find(guest)).toEqual([rid])
    })

    test('that was changed meanwhile is not overwritten, and nothing is published', async () => {
      const cart = firstVersion()
      await save(cart)
      await save(next(cart, 7))
      expect(await save(next(cart, 8))).toBe(false)
      expect(await save(next(next(next(cart, 9), 9), 9))).toBe(false)
      expect(await find(cart)).toEqual([next(cart, 7)])
      expect(await versionsPublished(cart)).toEqual([1, 2])
    })

    test('is one an owner', async () => {
      const cart = firstVersion()
      const other = firstVersion({ owner: cart.owner })
      expect([await save(cart), await save(other)]).toEqual([true, false])
      expect(await find(cart)).toEqual([cart])
      expect(await versionsPublished(other)).toEqual([])
    })

    test('that many save at once is saved by one of them', async () => {
      const cart = firstVersion()
      const created = await Promise.all(Array.from({ length: 8 }, () => save(firstVersion({ owner: cart.owner }))))
      expect(created.filter(Boolean)).toHaveLength(1)
      const [stored] = await find(cart)
      if (stored === undefined) throw new Error('no cart')
      const changed = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((quantity) => save(next(stored, quantity))))
      expect(changed.filter(Boolean)).toHaveLength(1)
      expect(await versionsPublished(stored)).toEqual([1, 2])
    })

    test('is not saved when what is to be published of it cannot be written', async () => {
      const cart = firstVersion()
      const unwritable = [{ ...stateOf(cart), data: { cartId: 1n } }]
      await expect(opened.carts.save(cart, unwritable)).rejects.toThrow()
      expect(await find(cart)).toEqual([])
    })
  })

  describe(`${name}: what can be put into a cart`, () => {
    const variant = (variantId: string, amount = 250): KnownVariant => {
      return { variantId, sku: `SKU-${variantId}`, name: 'Mug, Red', price: money(amount, 'GBP') }
    }
    const product = (variantId: string, more: Partial<KnownProduct> = {}): KnownProduct => {
      const images = [{ url: '/images/mugs/mug.svg', alt: 'Mug' }]
      const shown = { slug: 'mug', name: 'Mug', images, variants: [variant(variantId)] }
      return { productId: newUuid(), ...shown, sold: true, version: 3, ...more }
    }
    const offersOf = async (...ids: string[]) => Object.fromEntries(await opened.offers.offers(ids))

    test('is nothing at first', async () => {
      const nothing = await open()
      expect(await nothing.offers.knowsNoProduct()).toBe(true)
      await nothing.offers.applyProducts([product(newUuid())])
      expect(await nothing.offers.knowsNoProduct()).toBe(false)
      await nothing.close()
    })

    test('is known when both products and inventory have published it, in either order', async () => {
      const [first, second] = [newUuid(), newUuid()]
      await opened.offers.applyProducts([product(first)])
      await opened.offers.applyStock([{ variantId: first, available: 5, version: 1 }])
      await opened.offers.applyStock([{ variantId: second, available: 6, version: 1 }])
      await opened.offers.applyProducts([product(second, { sold: false })])
      expect(await offersOf(first, second, newUuid())).toEqual({
        [first]: { variantId: first, sold: true, available: 5 },
        [second]: { variantId: second, sold: false, available: 6 },
      })
    })

    test('has no stock before inventory publishes it, and is unknown before products does', async () => {
      const [stockless, nameless] = [newUuid(), newUuid()]
      await opened.offers.applyProducts([product(stockless)])
      await opened.offers.applyStock([{ variantId: nameless, available: 5, version: 1 }])
      expect(await offersOf(stockless, nameless)).toEqual({
        [stockless]: { variantId: stockless, sold: true, available: 0 },
      })
      expect(await offersOf()).toEqual({})
    })

    test('changes with what is newer only', async () => {
      const variantId = newUuid()
      const known = product(variantId, { version: 5 })
      await opened.offers.applyProducts([known])
      await opened.offers.applyStock([{ variantId, available: 5, version: 5 }])
      for (const version of [4, 5]) {
        await opened.offers.applyProducts([{ ...known, sold: false, version }])
        await opened.offers.applyStock([{ variantId, available: 1, version }])
      }
      expect(await offersOf(variantId)).toEqual({ [variantId]: { variantId, sold: true, available: 5 } })
      await opened.offers.applyProducts([{ ...known, sold: false, version: 6 }])
      await opened.offers.applyStock([{ variantId, available: 2, version: 9 }])
      expect(await offersOf(variantId)).toEqual({ [variantId]: { variantId, sold: false, available: 2 } })
    })

    test('is forgotten when its product no longer has it, and does not come back with what comes late', async () => {
      const [kept, removed, added, other] = [newUuid(), newUuid(), newUuid(), newUuid()]
      const known = { ...product(kept), variants: [variant(kept), variant(removed)] }
      await opened.offers.applyProducts([known, product(other)])
      await opened.offers.applyProducts([{ ...known, variants: [variant(kept), variant(added)], version: 4 }])
      expect(Object.keys(await offersOf(kept, removed, added, other)).toSorted()).toEqual(
        [kept, added, other].toSorted(),
      )
      await opened.offers.applyProducts([known])
      expect(await offersOf(removed)).toEqual({})
    })

    test('is shown as products last published it, sold or not', async () => {
      const [cheap, dear] = [newUuid(), newUuid()]
      const known = product(cheap, { variants: [variant(cheap, 100), variant(dear, 900)] })
      await opened.offers.applyProducts([known])
      const { productId, slug, name, images } = known
      const priceRange = { lowest: money(100, 'GBP'), highest: money(900, 'GBP') }
      const shown = { productId, slug, name, images, priceRange }
      expect(Object.fromEntries(await opened.offers.shown([dear, cheap, newUuid()]))).toEqual({
        [cheap]: { ...variant(cheap, 100), product: shown },
        [dear]: { ...variant(dear, 900), product: shown },
      })
      const renamed = { name: 'Beaker', slug: 'beaker', images: [], sold: false }
      const later = {
        ...known,
        ...renamed,
        variants: [{ ...variant(cheap, 200), name: 'Beaker', sku: 'B' }],
        version: 4,
      }
      await opened.offers.applyProducts([later])
      await opened.offers.applyProducts([known])
      const price = money(200, 'GBP')
      expect(Object.fromEntries(await opened.offers.shown([cheap, dear]))).toEqual({
        [cheap]: {
          ...{ variantId: cheap, sku: 'B', name: 'Beaker', price },
          product: {
            productId,
            name: 'Beaker',
            slug: 'beaker',
            images: [],
            priceRange: { lowest: price, highest: price },
          },
        },
      })
    })

    test('is that of the newest of many messages that come at once', async () => {
      const variantIds = Array.from({ length: 8 }, newUuid)
      const known = product(newUuid())
      await Promise.all(
        variantIds.map((variantId, index) =>
          opened.offers.applyProducts([{ ...known, variants: [variant(variantId)], version: 10 + index }]),
        ),
      )
      expect(Object.keys(await offersOf(...variantIds))).toEqual([variantIds.at(-1)])
    })

    test('is taken in by the thousand', async () => {
      const ids = Array.from({ length: 3_000 }, newUuid)
      await opened.offers.applyProducts(ids.map((variantId) => product(variantId)))
      await opened.offers.applyStock(ids.map((variantId, available) => ({ variantId, available, version: 1 })))
      const offers = await opened.offers.offers(ids)
      expect(ids.map((id) => offers.get(id)?.available)).toEqual(ids.map((_id, index) => index))
    })
  })
}
