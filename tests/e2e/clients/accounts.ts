import { randomUUID } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { address, eventually, type Json } from '../../support/shopping.ts'
import { addToCart, newVariant, password, placeOrder } from '../../support/shopper.ts'
import { card, idsOf, pagesOf } from './lists.ts'
import { demoShopper, type Shop } from './shop.ts'

/** Signing up, sessions, and what an account shows. */
export function accounts(opened: () => Shop): void {
  describe('an account', () => {
    it('is made once, signed in to, and known by its name', async () => {
      const shop = opened()
      const { client, session, email } = await shop.newShopper()
      expect(session.user).toMatchObject({ name: 'Ada' })
      const { me } = await shop.dataOf(client, 'WebAccount')
      expect(me).toMatchObject({
        id: session.user.id,
        email,
        roles: ['SHOPPER'],
        addresses: [],
        orders: { totalCount: 0 },
      })
      const { signUp } = await shop.dataOf(shop.newClient(), 'WebSignUp', { input: { email, password, name: 'Ada' } })
      expect(signUp).toMatchObject({ code: 'EMAIL_TAKEN' })
      const { signIn } = await shop.dataOf(shop.newClient(), 'MobileSignIn', {
        input: { email, password: 'something else' },
      })
      expect(signIn).toMatchObject({ __typename: 'Refused', code: 'WRONG_CREDENTIALS' })
    })

    it('renews its session with each refresh token once; a token of before the last ends them all', async () => {
      const shop = opened()
      const { session } = await shop.newShopper()
      const refresh = async (refreshToken: string) =>
        (await shop.dataOf(shop.newClient(), 'MobileRefresh', { refreshToken })).refreshSession
      const second = await refresh(session.refreshToken)
      expect(second.refreshToken).not.toBe(session.refreshToken)
      const { me } = await shop.dataOf(shop.newClient(second.accessToken), 'WebAccount')
      expect(me.id).toBe(session.user.id)
      const third = await refresh(second.refreshToken)
      expect(third.__typename).toBe('Session')
      expect((await refresh(second.refreshToken)).refreshToken).toBe(third.refreshToken)
      expect(await refresh(session.refreshToken)).toEqual({ __typename: 'Refused', code: 'SESSION_EXPIRED' })
      expect(await refresh(third.refreshToken)).toEqual({ __typename: 'Refused', code: 'SESSION_EXPIRED' })
    })

    it('that signs out has an access token that is good for nothing any more', async () => {
      const shop = opened()
      const { client, session } = await shop.newShopper()
      const query = `mutation { signOut(refreshToken: "${session.refreshToken}") }`
      expect((await client.send(query)).data).toEqual({ signOut: true })
      // In one process it is at once; another one hears of it within five seconds.
      const { errors } = await eventually(
        () => client.send('{ me { id } }'),
        ({ status }) => status === 401,
        { what: 'the token is good for nothing', within: 5_000 },
      )
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    })

    it('has its order history in pages that hold still while an order is added', async () => {
      const shop = opened()
      const shopper = await shop.signedIn(demoShopper)
      const { me } = await shop.dataOf(shopper, 'WebAccount', { first: 100 })
      expect(me).toMatchObject({ name: demoShopper.name, addresses: [{ isDefault: true, country: 'GB' }] })
      const all = idsOf([me.orders])
      expect(me.orders.totalCount).toBe(all.length)
      const placed = me.orders.edges.map(({ node }: Json) => Date.parse(node.placedAt))
      expect(placed).toEqual(placed.toSorted((a: number, b: number) => b - a))

      const variantId = await newVariant(shop.staff, 10)
      const pages = await pagesOf(
        async (after) => (await shop.dataOf(shopper, 'MobileOrders', { after })).me.orders,
        async () => {
          await addToCart(shopper, variantId)
          await placeOrder(shopper)
        },
      )
      expect(pages.length).toBeGreaterThan(1)
      expect(idsOf(pages)).toEqual(all)
      const { me: home } = await shop.dataOf(shopper, 'WebHome')
      expect(home.recommendations).toHaveLength(8)
      expect(home.recommendations[0]).toMatchObject({ reason: 'BASED_ON_YOUR_ORDERS', product: card })
    })
  })
}

/** From placing an order to having it cancelled. */
export function orders(opened: () => Shop): void {
  describe('an order', () => {
    it('is placed, followed, and shown with its payment, its notifications and its story', async () => {
      const shop = opened()
      const { client, email } = await shop.newShopper()
      await addToCart(client, await newVariant(shop.staff, 10, 1_250), 2)
      const { cart } = await shop.dataOf(client, 'WebCart')
      const { placeOrder: placed } = await shop.dataOf(client, 'WebPlaceOrder', {
        input: {
          idempotencyKey: randomUUID(),
          cartVersion: cart.version,
          expectedTotal: 2_500,
          shippingAddress: address,
          paymentMethodToken: 'tok_approve',
        },
      })
      expect(placed).toMatchObject({ status: 'PENDING', total: { amount: 2_500, currency: 'GBP' } })
      const { order: status } = await shop.eventuallyDataOf(
        client,
        { name: 'MobileOrderStatus', variables: { id: placed.id } },
        (data) => {
          return data.order.status === 'CONFIRMED'
        },
      )
      expect(status.reason).toBeNull()

      const { order } = await shop.eventuallyDataOf(
        client,
        { name: 'WebOrder', variables: { id: placed.id } },
        (data) => {
          return data.order.notifications[0]?.status === 'SENT'
        },
      )
      expect(order).toMatchObject({
        id: placed.id,
        number: placed.number,
        customer: { email, name: 'Ada' },
        lines: [{ quantity: 2, unitPrice: { amount: 1_250 }, total: { amount: 2_500 } }],
        shippingAddress: { ...address, line2: null },
        payment: { status: 'CAPTURED', amount: placed.total, refunded: { amount: 0 } },
        notifications: [{ channel: 'EMAIL', template: 'order-confirmed' }],
      })
      expect(order.lines[0].variant).toMatchObject({ id: cart.lines[0].variant.id, availability: { inStock: true } })
      expect(order.timeline[0]).toMatchObject({ status: 'PENDING', message: 'We have received your order.' })
      expect(order.timeline.at(-1)).toMatchObject({ status: 'CONFIRMED' })
    })

    it('is cancelled, and its money comes back; once shipped it would not be', async () => {
      const shop = opened()
      const { client, order } = await shop.confirmedOrder(2)
      const { cancelOrder } = await shop.dataOf(client, 'WebCancelOrder', { id: order.id })
      expect(cancelOrder).toEqual({
        id: order.id,
        status: 'CANCELLED',
        payment: { status: 'REFUNDED', refunded: { amount: 2_500, currency: 'GBP' } },
      })
      const shopper = await shop.signedIn(demoShopper)
      const { me } = await shop.dataOf(shopper, 'WebAccount', { first: 100 })
      const delivered = me.orders.edges.find(({ node }: Json) => node.status === 'DELIVERED').node
      const { cancelOrder: refusal } = await shop.dataOf(shopper, 'WebCancelOrder', { id: delivered.id })
      expect(refusal).toMatchObject({ code: 'ORDER_NOT_CANCELLABLE' })
    })
  })
}

/** What the assistant says, and what of it can be accepted. */
export function assistant(opened: () => Shop): void {
  describe('the assistant', () => {
    it('answers by its rules, and what it has not proposed cannot be accepted', async () => {
      const shop = opened()
      const { client } = await shop.newShopper()
      const { askAssistant } = await shop.dataOf(client, 'WebAsk', { input: { message: 'A gift for a gardener?' } })
      expect(askAssistant).toMatchObject({ kind: 'RULES', degraded: false, proposal: null })
      const { acceptProposal } = await shop.dataOf(client, 'WebAcceptProposal', { token: 'nothing.that.was-proposed' })
      expect(acceptProposal).toMatchObject({ code: 'PROPOSAL_EXPIRED' })
      expect((await shop.dataOf(client, 'MobileBadge')).cart).toBeNull()
    })
  })
}
