import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { newUuid } from '../../../platform/ids.ts'
import type { DeliveredOrder } from '../import-orders.ts'
import { address, createShop, newUser, staff, type Json, type Shop, type User } from '../testing/shop.ts'

let shop: Shop

beforeAll(async () => {
  shop = await createShop()
})
afterAll(() => shop.stop())

/** Orders that were delivered, one a day from the first of January on. */
function history(user: User, days: number): DeliveredOrder[] {
  return Array.from({ length: days }, (_, day) => ({
    orderId: newUuid(),
    userId: user.id,
    placedAt: new Date(Date.UTC(2026, 0, 1 + day)),
    lines: [
      {
        lineId: newUuid(),
        variantId: newUuid(),
        productId: newUuid(),
        name: 'Mug, Red',
        unitPrice: { amount: 250, currency: 'GBP' },
        quantity: 2,
      },
    ],
    total: { amount: 500, currency: 'GBP' },
    shippingAddress: address,
  }))
}

async function page(user: User, args: string): Promise<Json> {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { orders${args} {
    totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id } } } } } }`
  const variables = { of: [{ __typename: 'User', id: user.id }] }
  const { data, errors }: Json = await shop.harness.ask('orders', { query, variables, viewer: user })
  return data._entities[0]?.orders ?? errors
}

const idsOf = ({ edges }: Json): string[] => edges.map(({ node }: Json) => node.id)

describe('a list of orders', () => {
  it('is paged newest first, and stays in place when an order comes in between', async () => {
    const user = newUser()
    const orders = history(user, 5)
    const newestFirst = orders.map(({ orderId }) => orderId).reverse()
    await shop.orders.importDeliveredOrders(orders)
    const first = await page(user, '(first: 2)')
    expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true } })
    expect(idsOf(first)).toEqual(newestFirst.slice(0, 2))

    const [newer] = history(user, 1).map((order) => ({ ...order, placedAt: new Date() }))
    if (newer) await shop.orders.importDeliveredOrders([newer])
    const second = await page(user, `(first: 2, after: "${first.pageInfo.endCursor}")`)
    expect(idsOf(second)).toEqual(newestFirst.slice(2, 4))
    const last = await page(user, `(first: 2, after: "${second.pageInfo.endCursor}")`)
    expect(idsOf(last)).toEqual(newestFirst.slice(4))
    expect(last).toMatchObject({ totalCount: 6, pageInfo: { hasNextPage: false } })
  })

  it('is ordered by its ids where orders were placed at the same moment', async () => {
    const user = newUser()
    const orders = history(user, 4).map((order) => ({ ...order, placedAt: new Date(0) }))
    await shop.orders.importDeliveredOrders(orders)
    const first = await page(user, '(first: 3)')
    const second = await page(user, `(first: 3, after: "${first.pageInfo.endCursor}")`)
    expect([...idsOf(first), ...idsOf(second)].sort()).toEqual(orders.map(({ orderId }) => orderId).sort())
  })

  it('is empty for who has ordered nothing', async () => {
    expect(await page(newUser(), '')).toEqual({
      totalCount: 0,
      pageInfo: { hasNextPage: false, endCursor: null },
      edges: [],
    })
  })

  it.each(['(first: 0)', '(first: 101)', '(after: "nonsense")', '(after: "WzFd")'])('refuses %s', async (args) => {
    expect(await page(newUser(), args)).toMatchObject([{ code: 'INVALID_INPUT' }])
  })

  it('can be asked for one status by staff', async () => {
    const { id } = await shop.pending()
    const query = 'query ($status: OrderStatus) { orders(status: $status) { edges { node { id status } } } }'
    const variables = { status: 'PENDING' }
    const { data }: Json = await shop.harness.ask('orders', { query, variables, viewer: staff })
    expect(data.orders.edges).toEqual([{ node: { id, status: 'PENDING' } }])
  })
})

describe('an order of the past', () => {
  it('is delivered, with its lines, and publishes nothing', async () => {
    const user = newUser()
    const [past] = history(user, 1)
    if (past === undefined) throw new Error('there is a day in it')
    await shop.orders.importDeliveredOrders([past])
    await shop.harness.settled()
    expect(await shop.order(past.orderId, user)).toMatchObject({
      status: 'DELIVERED',
      placedAt: '2026-01-01T00:00:00.000Z',
      lines: [{ name: 'Mug, Red', total: { amount: 500 } }],
      timeline: [{ status: 'PENDING' }, { status: 'DELIVERED', message: 'Your order has been delivered.' }],
    })
    expect(await shop.publishedOf(past.orderId)).toEqual([])
  })

  it('is there once, however often it is brought', async () => {
    const user = newUser()
    const orders = history(user, 2)
    await shop.orders.importDeliveredOrders(orders)
    const before = await shop.order(orders[0]?.orderId ?? '', user)
    await shop.orders.importDeliveredOrders(orders)
    expect(await shop.order(orders[0]?.orderId ?? '', user)).toEqual(before)
  })

  it('is refused when its lines are not its total', async () => {
    const wrong = history(newUser(), 1).map((order) => ({ ...order, total: { amount: 1, currency: 'GBP' } }))
    await expect(shop.orders.importDeliveredOrders(wrong)).rejects.toThrow('are not its total')
  })
})
