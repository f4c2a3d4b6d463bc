import { describe, expect, it } from 'vitest'

import type { Json } from '../../support/shopping.ts'
import { addToCart, newVariant, someVariants } from '../../support/shopper.ts'
import { card, idsOf, pagesOf, price } from './lists.ts'
import type { Shop } from './shop.ts'

/** What somebody may do whom nobody knows. */
export function visitors(opened: () => Shop): void {
  describe('a visitor', () => {
    it('comes in to categories and what is popular, with neither name nor cart', async () => {
      const shop = opened()
      const { categories, popularProducts, me, cart } = await shop.dataOf(shop.newClient(), 'WebHome')
      const { products: allProducts } = await shop.dataOf(shop.newClient(), 'WebBrowse', { first: 1 })
      expect(categories.length).toBeGreaterThanOrEqual(12)
      const counts: number[] = categories.map(({ productCount }: Json) => productCount)
      expect(counts.reduce((sum, count) => sum + count)).toBe(allProducts.totalCount)
      expect(popularProducts).toHaveLength(8)
      for (const { product, explanation } of popularProducts) {
        expect(product).toEqual(card)
        expect(explanation).toMatch(/\d+ .*basket/)
      }
      expect({ me, cart }).toEqual({ me: null, cart: null })
    })

    it('turns over the whole catalogue page by page, each product once and in order', async () => {
      const shop = opened()
      const visitor = shop.newClient()
      const pages = await pagesOf(async (after) => {
        return (await shop.dataOf(visitor, 'WebBrowse', { sort: 'PRICE_LOW_TO_HIGH', first: 100, after })).products
      })
      const ids = idsOf(pages)
      expect(new Set(ids).size).toBe(ids.length)
      expect(pages.map(({ totalCount }) => totalCount)).toEqual(pages.map(() => ids.length))
      const variants = pages.flatMap(({ edges }) =>
        edges.flatMap(({ node }: Json) => node.variants.map(({ id }: Json) => id)),
      )
      expect(new Set(variants).size).toBe(3_131)
      const amounts = pages.flatMap(({ edges }) => edges.map(({ node }: Json) => node.priceRange.lowest.amount))
      expect(amounts).toEqual(amounts.toSorted((a: number, b: number) => a - b))
    })

    it('searches with a typing mistake, narrows it to a category, and finds less with less money', async () => {
      const shop = opened()
      const visitor = shop.newClient()
      const { products: found } = await shop.dataOf(visitor, 'WebBrowse', { filter: { text: 'retrosopt lunch bag' } })
      expect(found.edges[0].node).toMatchObject({ name: expect.stringMatching(/lunch bag/i) })
      const { products: wide } = await shop.dataOf(visitor, 'WebBrowse', { filter: { text: 'bag' } })
      const { slug } = found.edges[0].node.category
      const narrow = { text: 'bag', category: slug, maxPrice: 200, inStockOnly: true }
      const { products: narrowed } = await shop.dataOf(visitor, 'WebBrowse', { filter: narrow })
      expect(narrowed.totalCount).toBeGreaterThan(0)
      expect(narrowed.totalCount).toBeLessThan(wide.totalCount)
      for (const { node } of narrowed.edges) {
        expect(node.category.slug).toBe(slug)
        expect(node.priceRange.lowest.amount).toBeLessThanOrEqual(200)
        expect(node.variants.some(({ availability }: Json) => availability.inStock)).toBe(true)
      }
    })

    it('scrolls on in the app without meeting anything twice', async () => {
      const shop = opened()
      const visitor = shop.newClient()
      const { products: first } = await shop.dataOf(visitor, 'MobileBrowse', { text: 'christmas' })
      const { products: second } = await shop.dataOf(visitor, 'MobileBrowse', {
        text: 'christmas',
        after: first.pageInfo.endCursor,
      })
      const ids = idsOf([first, second])
      expect(new Set(ids).size).toBe(20)
    })

    it('sees a product with its variants, what goes with it and what could stand in for it', async () => {
      const shop = opened()
      const visitor = shop.newClient()
      const { popularProducts } = await shop.dataOf(visitor, 'WebHome')
      const { slug, id } = popularProducts[0].product
      const { product } = await shop.dataOf(visitor, 'WebProduct', { slug })
      expect(product).toMatchObject({ ...card, id, status: 'ACTIVE', description: expect.stringMatching(/\S/) })
      expect(product.variants[0]).toMatchObject({ price, sku: expect.stringMatching(/^\S+$/) })
      expect(product.variants[0].availability.inStock).toBe(product.variants[0].availability.quantity > 0)
      expect(product.boughtTogether).toHaveLength(6)
      for (const other of [...product.boughtTogether, ...product.similar]) {
        expect(other.product).toEqual(card)
        expect(other.product.id).not.toBe(id)
        expect(other.explanation).toMatch(/\S/)
      }
      const { product: mobile } = await shop.dataOf(visitor, 'MobileProduct', { id })
      expect(mobile).toMatchObject({ id, name: product.name, variants: [{ price: product.variants[0].price }] })
      expect(await shop.dataOf(visitor, 'WebProduct', { slug: 'no-such-thing' })).toEqual({ product: null })
    })
  })
}

/** What a cart is like before anybody has signed in. */
export function guests(opened: () => Shop): void {
  describe('a guest', () => {
    it('fills a cart, changes a line, and is shown what fits it', async () => {
      const shop = opened()
      const { startGuestSession } = await shop.dataOf(shop.newClient(), 'MobileStart')
      expect(Date.parse(startGuestSession.expiresAt)).toBeGreaterThan(Date.now())
      const guest = shop.newClient(startGuestSession.accessToken)
      expect(await shop.dataOf(guest, 'WebCart')).toEqual({ cart: null })

      const [first, second] = await someVariants(guest, 2)
      await shop.dataOf(guest, 'WebAddToCart', { input: { variantId: first?.id, quantity: 2 } })
      const { addCartItem: quick } = await shop.dataOf(guest, 'MobileQuickAdd', { variantId: second?.id })
      expect(quick).toMatchObject({ __typename: 'Cart', itemCount: 3, version: 2 })
      expect(await shop.dataOf(guest, 'MobileBadge')).toEqual({ cart: { id: quick.id, itemCount: 3 } })

      const { cart } = await shop.dataOf(guest, 'WebCart')
      expect(cart.subtotal).toEqual(quick.subtotal)
      expect(cart.lines.map(({ total }: Json) => total.amount)).toEqual(
        cart.lines.map(({ quantity, variant }: Json) => quantity * variant.price.amount),
      )
      expect(cart.lines[0].variant.product).toEqual(card)
      const inCart = cart.lines.map(({ variant }: Json) => variant.product.id)
      expect(cart.suggestions).toHaveLength(5)
      for (const { product } of cart.suggestions) expect(inCart).not.toContain(product.id)

      const { updateCartLine } = await shop.dataOf(guest, 'WebUpdateLine', {
        input: { lineId: cart.lines[0].id, quantity: 0 },
      })
      expect(updateCartLine).toMatchObject({ itemCount: 1, version: 3, lines: [{ id: cart.lines[1].id }] })
    })

    it('may not have more than there is', async () => {
      const shop = opened()
      const { startGuestSession } = await shop.dataOf(shop.newClient(), 'MobileStart')
      const guest = shop.newClient(startGuestSession.accessToken)
      const variantId = await newVariant(shop.staff, 3)
      await addToCart(guest, variantId, 3)
      const { addCartItem } = await shop.dataOf(guest, 'WebAddToCart', { input: { variantId } })
      expect(addCartItem).toMatchObject({
        code: 'OUT_OF_STOCK',
        shortages: [{ requested: 4, available: 3, variant: { id: variantId } }],
      })
    })
  })
}
