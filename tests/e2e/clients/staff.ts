import { randomUUID } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { systemClock } from '../../../platform/clock.ts'
import { newUuid } from '../../../platform/ids.ts'
import { stampMessages } from '../../../platform/messaging/outbox.ts'
import type { Json } from '../../support/shopping.ts'
import { idsOf, pagesOf } from './lists.ts'
import type { Shop } from './shop.ts'

/** What staff see and do. */
export function staffConsole(opened: () => Shop): void {
  describe('staff', () => {
    it('see all orders in pages, and those of one status alone', async () => {
      const shop = opened()
      const { order, email } = await shop.confirmedOrder()
      const pages = await pagesOf(async (after) => (await shop.dataOf(shop.staff, 'StaffOrders', { after })).orders)
      const ids = idsOf(pages)
      expect(new Set(ids).size).toBe(pages[0].totalCount)
      const { orders: confirmed } = await shop.dataOf(shop.staff, 'StaffOrders', { status: 'CONFIRMED' })
      expect(new Set(confirmed.edges.map(({ node }: Json) => node.status))).toEqual(new Set(['CONFIRMED']))
      expect(confirmed.edges[0].node).toMatchObject({ id: order.id, customer: { email }, total: order.total })
    })

    it("read a checkout's flight recorder step by step", async () => {
      const shop = opened()
      const { client, order } = await shop.confirmedOrder()
      const { order: recorded } = await shop.dataOf(shop.staff, 'StaffFlightRecorder', { id: order.id })
      expect(recorded).toMatchObject({ status: 'CONFIRMED', reason: null, payment: { status: 'CAPTURED' } })
      const { steps } = recorded.saga
      const messages = steps.map(({ message }: Json) => message)
      const saga = [
        'ReserveStock',
        'StockReserved',
        'CapturePayment',
        'PaymentCaptured',
        'CommitStock',
        'StockCommitted',
      ]
      const places = saga.map((name) => messages.findIndex((message: string) => message.endsWith(`.${name}`)))
      expect(places).not.toContain(-1)
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      expect(new Set(steps.map(({ traceId }: Json) => traceId)).size).toBe(1)
      const { order: toShopper } = await shop.dataOf(client, 'StaffFlightRecorder', { id: order.id })
      expect(toShopper.saga).toBeNull()
    })

    it('find the message that nobody could read among the dead letters, and hand it out again', async () => {
      const shop = opened()
      const outgoing = { type: 'payments.RefundPayment', stream: 'log', key: newUuid(), version: 1 } as const
      const [stamped] = stampMessages([{ ...outgoing, data: { paymentMethodToken: 'tok_secret' } }], {
        source: 'test',
        clock: systemClock,
        newId: newUuid,
      })
      if (stamped === undefined) throw new Error('nothing was stamped')
      await shop.souk.souk.bus.publish(stamped.stream, [stamped.message])
      const buried = ({ deadLetters }: Json) => deadLetters.edges.length === 1
      const { deadLetters } = await shop.eventuallyDataOf(
        shop.staff,
        { name: 'StaffDeadLetters', variables: {} },
        buried,
      )
      const letter = deadLetters.edges[0].node
      expect(letter).toMatchObject({ consumer: 'payments', subject: outgoing.type, attempts: 1 })
      expect(letter.error).toMatch(/breaks its contract/)
      expect(JSON.parse(letter.payload)).toMatchObject({ id: stamped.message.id, subject: outgoing.key })
      expect(letter.payload).not.toContain('tok_secret')

      expect(await shop.dataOf(shop.staff, 'StaffReplay', { id: letter.id })).toEqual({ replayDeadLetter: true })
      const { deadLetters: again } = await shop.eventuallyDataOf(
        shop.staff,
        { name: 'StaffDeadLetters', variables: {} },
        (data) => buried(data) && data.deadLetters.edges[0].node.failedAt !== letter.failedAt,
      )
      expect(again.edges[0].node).toMatchObject({ consumer: 'payments', payload: letter.payload })
      expect(await shop.dataOf(shop.staff, 'StaffReplay', { id: newUuid() })).toEqual({ replayDeadLetter: false })
    })

    it('put a product on sale, change its price and count its stock, and shoppers see it', async () => {
      const shop = opened()
      const sku = `T${randomUUID().slice(0, 8).toUpperCase()}`
      const { categories } = await shop.dataOf(shop.staff, 'WebHome')
      const { createProduct } = await shop.dataOf(shop.staff, 'StaffCreateProduct', {
        input: {
          name: 'Enamel Teapot for a Test',
          description: 'Pours without a drop.',
          category: categories[0].slug,
          variants: [{ sku, name: 'One size', price: 1_500, initialStock: 4 }],
        },
      })
      const [variant] = createProduct.variants
      expect(variant).toMatchObject({ sku, price: { amount: 1_500 }, availability: { quantity: 4 } })
      const { setPrice } = await shop.dataOf(shop.staff, 'StaffSetPrice', { variantId: variant.id, amount: 1_750 })
      expect(setPrice).toEqual({ id: variant.id, price: { amount: 1_750, currency: 'GBP' } })
      const { setStock } = await shop.dataOf(shop.staff, 'StaffSetStock', { variantId: variant.id, onHand: 9 })
      expect(setStock).toEqual({ id: variant.id, availability: { quantity: 9 } })

      const { product } = await shop.dataOf(shop.newClient(), 'WebProduct', { slug: createProduct.slug })
      expect(product.variants).toMatchObject([{ sku, price: { amount: 1_750 }, availability: { quantity: 9 } }])
      const search = { filter: { text: 'enamel teapot test' } }
      const { products } = await shop.eventuallyDataOf(
        shop.newClient(),
        { name: 'WebBrowse', variables: search },
        (data) => {
          return data.products.edges[0]?.node.id === createProduct.id
        },
      )
      expect(products.edges[0].node.priceRange.lowest.amount).toBe(1_750)
    })
  })
}
