import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { visitor, type Viewer } from '../../../platform/identity/viewer.ts'
import { newUuid } from '../../../platform/ids.ts'
import { createShop, newUser, staff, type Shop, type User } from '../testing/shop.ts'

let shop: Shop
let owner: User
let id: string

const guest: Viewer = { kind: 'guest', id: newUuid() }
const other = newUser()

beforeAll(async () => {
  shop = await createShop()
  ;({ user: owner, id } = await shop.pending())
})
afterAll(() => shop.stop())

function ask(query: string, viewer: Viewer, variables: Record<string, unknown> = {}) {
  return shop.harness.ask('orders', { query, variables, viewer })
}

function entity(viewer: Viewer, representation: Record<string, unknown>) {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) {
    ... on Order { number total { amount } shippingAddress { line1 } }
    ... on User { orders { totalCount edges { node { id } } } } } }`
  return ask(query, viewer, { of: [representation] })
}

describe('an order', () => {
  it.each([
    ['its owner', () => owner],
    ['staff', () => staff],
  ])('is read by %s, by its root field and as an entity', async (_who, viewer) => {
    expect(await shop.order(id, viewer())).toMatchObject({ id })
    const { data, errors } = await entity(viewer(), { __typename: 'Order', id })
    expect(errors).toEqual([])
    expect(data?._entities).toMatchObject([{ total: { amount: 500 } }])
  })

  it.each([
    ['another user', other],
    ['a guest', guest],
    ['a visitor', visitor],
  ])('is not there for %s, on any path', async (_who, viewer) => {
    expect((await ask('query ($id: ID!) { order(id: $id) { id } }', viewer, { id })).data).toEqual({ order: null })
    const { data, errors } = await entity(viewer, { __typename: 'Order', id })
    expect({ entities: data?._entities, errors }).toEqual({ entities: [null], errors: [] })
  })

  it('that there is not is null, whatever its id looks like', async () => {
    for (const unknown of [newUuid(), 'no-id-at-all']) expect(await shop.order(unknown, staff)).toBeNull()
    expect((await entity(staff, { __typename: 'Order', id: 'no-id-at-all' })).data?._entities).toEqual([null])
  })

  it('shows its flight recorder to staff only', async () => {
    expect(await shop.order(id, owner)).toMatchObject({ saga: null })
    expect(await shop.order(id, staff)).toMatchObject({ saga: { state: 'RESERVING' } })
  })
})

describe('the list of all orders', () => {
  it('is for staff', async () => {
    const query = '{ orders { totalCount } }'
    expect((await ask(query, staff)).data?.orders).toEqual({ totalCount: 1 })
    expect((await ask(query, owner)).errors).toMatchObject([{ code: 'FORBIDDEN' }])
    for (const viewer of [guest, visitor]) {
      expect((await ask(query, viewer)).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }])
    }
  })
})

describe('the orders of a user', () => {
  it.each([
    ['themselves', () => owner],
    ['staff', () => staff],
  ])('are read by %s', async (_who, viewer) => {
    const { data } = await entity(viewer(), { __typename: 'User', id: owner.id })
    expect(data?._entities).toEqual([{ orders: { totalCount: 1, edges: [{ node: { id } }] } }])
  })

  it.each([
    ['another user', other, 'FORBIDDEN'],
    ['a guest', guest, 'UNAUTHENTICATED'],
    ['a visitor', visitor, 'UNAUTHENTICATED'],
  ])('are not for %s', async (_who, viewer, code) => {
    const { data, errors } = await entity(viewer, { __typename: 'User', id: owner.id })
    expect({ data: data?._entities, errors }).toMatchObject({ data: [null], errors: [{ code }] })
  })

  it('that are asked for by no id at all are none', async () => {
    const { data, errors } = await entity(staff, { __typename: 'User', id: 'no-id-at-all' })
    const none = { orders: { totalCount: 0, edges: [] } }
    expect({ entities: data?._entities, errors }).toEqual({ entities: [none], errors: [] })
  })
})
