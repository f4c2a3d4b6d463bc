import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  commitStock,
  releaseStock,
  reserveStock,
  stockCommitted,
  stockRefused,
  stockReserved,
  stockState,
} from '../../contracts/inventory.ts'
import { productState } from '../../contracts/products.ts'
import type { Viewer } from '../../platform/identity/viewer.ts'
import { newUuid } from '../../platform/ids.ts'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { orderMessage, productMessage } from '../../tests/support/messages.ts'
import { answersTo } from './testing/answers.ts'

const staff: Viewer = { kind: 'user', id: newUuid(), roles: ['STAFF'] }
const shopper: Viewer = { kind: 'user', id: newUuid(), roles: ['SHOPPER'] }

let harness: Harness

beforeAll(async () => {
  harness = await createHarness()
  await harness.add('inventory')
})

afterAll(() => harness.stop())

/** A variant that products has just published. */
async function variantWith(initialStock: number): Promise<string> {
  const variantId = newUuid()
  await harness.publish(productState, productMessage({ variants: [{ variantId, initialStock }] }))
  await harness.settled()
  return variantId
}

async function availableOf(variantId: string): Promise<unknown> {
  const { data } = await harness.ask('inventory', {
    query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ProductVariant { availability { quantity inStock } } } }`,
    variables: { of: [{ __typename: 'ProductVariant', id: variantId }] },
  })
  return data?._entities
}

async function publish(
  definition: typeof reserveStock | typeof commitStock,
  order: { orderId: string; variantId: string; quantity: number },
): Promise<void> {
  const { orderId, ...line } = order
  await harness.publish(definition, orderMessage({ orderId, lines: [line] }))
  await harness.settled()
}

async function release(orderId: string): Promise<void> {
  await harness.publish(releaseStock, orderMessage({ orderId }))
  await harness.settled()
}

describe('two changes of one operation', () => {
  it('are answered each with the stock as it was then', async () => {
    const variantId = await variantWith(5)
    const { data, errors } = await harness.ask('inventory', {
      query: `mutation ($id: ID!) {
        thirty: setStock(variantId: $id, onHand: 30) { ... on ProductVariant { availability { quantity } } }
        forty: setStock(variantId: $id, onHand: 40) { ... on ProductVariant { availability { quantity } } }
      }`,
      variables: { id: variantId },
      viewer: staff,
    })
    expect(errors).toEqual([])
    expect(data).toEqual({ thirty: { availability: { quantity: 30 } }, forty: { availability: { quantity: 40 } } })
  })
})

const setStock = `mutation ($id: ID!, $onHand: Int!) {
  setStock(variantId: $id, onHand: $onHand) {
    ... on ProductVariant { availability { quantity } }
    ... on Refusal { code }
    ... on InvalidInput { field }
  }
}`

describe('stock of a variant', () => {
  it('starts with what products publishes, once', async () => {
    const variantId = await variantWith(7)
    expect(await availableOf(variantId)).toEqual([{ availability: { quantity: 7, inStock: true } }])
    const states = await harness.published(stockState)
    expect(states.find(({ subject }) => subject === variantId)?.data.available).toBe(7)
  })

  it('is nothing for a variant nobody has answers of', async () => {
    expect(await availableOf(newUuid())).toEqual([{ availability: { quantity: 0, inStock: false } }])
    expect(await availableOf('not-an-id')).toEqual([{ availability: { quantity: 0, inStock: false } }])
  })

  it('is set by staff, but not below what is promised', async () => {
    const variantId = await variantWith(5)
    await publish(reserveStock, { orderId: newUuid(), variantId, quantity: 3 })
    const below = await harness.ask('inventory', {
      query: setStock,
      variables: { id: variantId, onHand: 2 },
      viewer: staff,
    })
    expect(below.data).toEqual({ setStock: { code: 'CONFLICT' } })
    const above = await harness.ask('inventory', {
      query: setStock,
      variables: { id: variantId, onHand: 9 },
      viewer: staff,
    })
    expect(above.data).toEqual({ setStock: { availability: { quantity: 6 } } })
  })

  it('is set to what it is already without a word to anybody', async () => {
    const variantId = await variantWith(5)
    const { data } = await harness.ask('inventory', {
      query: setStock,
      variables: { id: variantId, onHand: 5 },
      viewer: staff,
    })
    expect(data).toEqual({ setStock: { availability: { quantity: 5 } } })
    const { rows } = await harness
      .databaseOf('inventory')
      .query(
        'select version, (select count(*)::int from stock_movement as moved where moved.variant_id = $1) as moves from stock where variant_id = $1',
        [variantId],
      )
    expect(rows).toEqual([{ version: 1, moves: 1 }])
  })

  it('refuses a count that cannot be, and a variant that is not there', async () => {
    const variantId = await variantWith(5)
    const negative = await harness.ask('inventory', {
      query: setStock,
      variables: { id: variantId, onHand: -1 },
      viewer: staff,
    })
    expect(negative.data).toEqual({ setStock: { code: 'INVALID_INPUT', field: 'onHand' } })
    for (const id of [newUuid(), 'not-an-id']) {
      const unknown = await harness.ask('inventory', { query: setStock, variables: { id, onHand: 1 }, viewer: staff })
      expect(unknown.data).toEqual({ setStock: { code: 'NOT_FOUND' } })
    }
  })

  it('is not for shoppers to set', async () => {
    const variables = { id: await variantWith(5), onHand: 9 }
    const { errors } = await harness.ask('inventory', { query: setStock, variables, viewer: shopper })
    expect(errors[0]?.code).toBe('FORBIDDEN')
    const visitor = await harness.ask('inventory', { query: setStock, variables })
    expect(visitor.errors[0]?.code).toBe('UNAUTHENTICATED')
  })
})

describe('orders that come together', () => {
  it('share what there is: none is promised a unit that another has', async () => {
    const variantId = await variantWith(5)
    const orders = Array.from({ length: 12 }, () => newUuid())
    const lines = [{ variantId, quantity: 1 }]
    await Promise.all(orders.map((orderId) => harness.publish(reserveStock, orderMessage({ orderId, lines }))))
    await harness.settled()
    const answers = await Promise.all(orders.map((orderId) => answersTo(harness, orderId)))
    expect(answers.filter(([answer]) => answer === stockReserved.type)).toHaveLength(5)
    expect(answers.filter(([answer]) => answer === stockRefused.type)).toHaveLength(7)
    expect(await availableOf(variantId)).toEqual([{ availability: { quantity: 0, inStock: false } }])
  })
})

describe('a reservation', () => {
  it('holds units, and a commit takes them', async () => {
    const [variantId, orderId] = [await variantWith(5), newUuid()]
    await publish(reserveStock, { orderId, variantId, quantity: 3 })
    await publish(commitStock, { orderId, variantId, quantity: 3 })
    expect(await answersTo(harness, orderId)).toEqual(['inventory.StockReserved', 'inventory.StockCommitted'])
    expect(await availableOf(variantId)).toEqual([{ availability: { quantity: 2, inStock: true } }])
  })

  it('is refused when there is too little, and holds nothing then', async () => {
    const [variantId, orderId] = [await variantWith(2), newUuid()]
    await publish(reserveStock, { orderId, variantId, quantity: 3 })
    expect(await answersTo(harness, orderId)).toEqual(['inventory.StockRefused'])
    expect(await availableOf(variantId)).toEqual([{ availability: { quantity: 2, inStock: true } }])
  })

  it('gives its units back when released, before and after the commit', async () => {
    const [variantId, held, sold] = [await variantWith(5), newUuid(), newUuid()]
    await publish(reserveStock, { orderId: held, variantId, quantity: 2 })
    await publish(reserveStock, { orderId: sold, variantId, quantity: 2 })
    await publish(commitStock, { orderId: sold, variantId, quantity: 2 })
    await release(held)
    await release(sold)
    expect(await availableOf(variantId)).toEqual([{ availability: { quantity: 5, inStock: true } }])
  })

  it('that is released before it was made holds nothing when it comes', async () => {
    const [variantId, orderId] = [await variantWith(5), newUuid()]
    await release(orderId)
    await publish(reserveStock, { orderId, variantId, quantity: 2 })
    expect(await answersTo(harness, orderId)).toEqual(['inventory.StockReleased', 'inventory.StockRefused'])
    expect(await availableOf(variantId)).toEqual([{ availability: { quantity: 5, inStock: true } }])
  })

  it('answers a repeated command alike, and has its effect once', async () => {
    const [variantId, orderId] = [await variantWith(5), newUuid()]
    await publish(reserveStock, { orderId, variantId, quantity: 2 })
    await publish(reserveStock, { orderId, variantId, quantity: 2 })
    expect(await answersTo(harness, orderId)).toEqual(['inventory.StockReserved', 'inventory.StockReserved'])
    expect(await availableOf(variantId)).toEqual([{ availability: { quantity: 3, inStock: true } }])
  })
})

describe('a product that is discontinued', () => {
  async function discontinued() {
    const [productId, variantId] = [newUuid(), newUuid()]
    const variants = [{ variantId, initialStock: 5 }]
    await harness.publish(productState, productMessage({ productId, variants }))
    await harness.settled()
    const [held, late] = [newUuid(), newUuid()]
    await publish(reserveStock, { orderId: held, variantId, quantity: 2 })
    await harness.publish(productState, productMessage({ productId, variants, status: 'DISCONTINUED', version: 2 }))
    await harness.settled()
    return { productId, variantId, variants, held, late }
  }

  const none = [{ availability: { quantity: 0, inStock: false } }]

  it('has nothing in stock, for shoppers, for the saga and for who keeps a copy', async () => {
    const { variantId, late } = await discontinued()
    expect(await availableOf(variantId)).toEqual(none)
    const states = await harness.published(stockState)
    expect(states.find(({ subject }) => subject === variantId)?.data.available).toBe(0)
    await publish(reserveStock, { orderId: late, variantId, quantity: 1 })
    expect(await answersTo(harness, late)).toEqual([stockRefused.type])
  })

  it('is still sold to whom it was promised before', async () => {
    const { variantId, held } = await discontinued()
    await publish(commitStock, { orderId: held, variantId, quantity: 2 })
    expect(await answersTo(harness, held)).toEqual([stockReserved.type, stockCommitted.type])
    await release(held)
    expect(await availableOf(variantId)).toEqual(none)
  })

  it('may be counted, and stays out of stock', async () => {
    const { variantId } = await discontinued()
    const { data } = await harness.ask('inventory', {
      query: setStock,
      variables: { id: variantId, onHand: 7 },
      viewer: staff,
    })
    expect(data?.setStock).toEqual({ availability: { quantity: 0 } })
    expect(await availableOf(variantId)).toEqual(none)
  })

  it('stays so when the catalogue is read anew, and is found out when its status was never read', async () => {
    const { variantId } = await discontinued()
    const database = harness.databaseOf('inventory')
    await database.query('update stock set discontinued = null where variant_id = $1', [variantId])
    expect(await availableOf(variantId)).not.toEqual(none)
    await harness.bus.rereadState('inventory.catalogue')
    await harness.settled()
    expect(await availableOf(variantId)).toEqual(none)
  })
})
