import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { visitor, type Viewer } from '../../platform/identity/viewer.ts'
import { newUuid } from '../../platform/ids.ts'
import type { Json } from '../../tests/support/shopping.ts'
import {
  startRecommendations,
  type RecommendationsUnderTest,
  type Seen,
  type PublishedProduct,
} from './testing/recommendations-under-test.ts'

const ada: Viewer = { kind: 'user', id: newUuid(), roles: ['SHOPPER'] }
const bob: Viewer = { kind: 'user', id: newUuid(), roles: ['SHOPPER'] }
const staff: Viewer = { kind: 'user', id: newUuid(), roles: ['STAFF'] }
const guest: Viewer = { kind: 'guest', id: newUuid() }

let souk: RecommendationsUnderTest
let red: PublishedProduct,
  blue: PublishedProduct,
  jug: PublishedProduct,
  soldOut: PublishedProduct,
  gone: PublishedProduct
let baskets: PublishedProduct[][]

beforeAll(async () => {
  souk = await startRecommendations()
  const sold = await souk.sell(
    { name: 'Red Garden Lantern', category: 'lights' },
    { name: 'Blue Garden Lantern', category: 'lights', price: 260 },
    { name: 'Enamel Jug', category: 'kitchen', price: 900 },
    { name: 'Green Garden Lantern', category: 'lights', stock: 0 },
    { name: 'White Garden Lantern', category: 'lights', status: 'DISCONTINUED' },
  )
  ;[red, blue, jug, soldOut, gone] = sold as [
    PublishedProduct,
    PublishedProduct,
    PublishedProduct,
    PublishedProduct,
    PublishedProduct,
  ]
  baskets = [
    ...Array.from({ length: 6 }, () => [red, blue]),
    ...Array.from({ length: 3 }, () => [red, jug]),
    ...Array.from({ length: 7 }, () => [red, soldOut, gone]),
    [blue, jug, blue],
    [jug],
  ]
  await souk.bought(...baskets)
})
afterAll(() => souk.harness.stop())

const product = ({ id }: PublishedProduct) => ({ __typename: 'Product', id })
const user = (viewer: Viewer) => ({ __typename: 'User', id: 'id' in viewer ? viewer.id : '' })
const cartOf = (...products: PublishedProduct[]) => {
  const lines = products.map(({ variantId }) => ({ variant: { __typename: 'ProductVariant', id: variantId } }))
  return { __typename: 'Cart', id: newUuid(), lines }
}
const idsOf = (found: Seen[]) => found.map(({ id }) => id)
const ids = (...products: PublishedProduct[]) => products.map(({ id }) => `"${id}"`).join(', ')

/** In how many of the baskets all of these lie. */
function together(...products: PublishedProduct[]): number {
  return baskets.filter((basket) => products.every((one) => basket.includes(one))).length
}

describe('what is bought together', () => {
  it('is best first, and says in how many baskets, truly', async () => {
    expect(await souk.of(product(red), 'boughtTogether')).toMatchObject([
      {
        id: blue.id,
        reason: 'BOUGHT_TOGETHER',
        explanation: `In ${together(red, blue)} of ${together(red)} baskets with Red Garden Lantern`,
      },
      { id: jug.id, explanation: `In ${together(red, jug)} of ${together(red)} baskets with Red Garden Lantern` },
    ])
    expect([together(red, blue), together(red, jug), together(red)]).toEqual([6, 3, 16])
  })

  it('is found for several products, and is none of them', async () => {
    const found = await souk.root(`boughtWith(productIds: [${ids(red, jug, red)}])`)
    expect(idsOf(found)).toEqual([blue.id])
    expect(found[0]?.explanation).toBe('In 6 of 16 baskets with Red Garden Lantern')
    expect(await souk.root(`boughtWith(productIds: [${ids(red, jug, blue)}])`)).toEqual([])
  })

  it('is nothing for what nobody has bought, or is no product', async () => {
    expect(await souk.root(`boughtWith(productIds: ["${newUuid()}", "nonsense"])`)).toEqual([])
    expect(await souk.root('boughtWith(productIds: [])')).toEqual([])
    expect(await souk.of({ __typename: 'Product', id: 'nonsense' }, 'boughtTogether')).toEqual([])
    expect(await souk.of({ __typename: 'Product', id: newUuid() }, 'similar')).toEqual([])
  })

  it('is as much of it as is asked for', async () => {
    expect(idsOf(await souk.of(product(red), 'boughtTogether(first: 1)'))).toEqual([blue.id])
  })
})

describe('what could stand in for a product', () => {
  it('can be bought, and says what they share', async () => {
    const found = await souk.of(product(red), 'similar')
    expect(idsOf(found)).toEqual([blue.id])
    expect(found[0]).toMatchObject({
      reason: 'SIMILAR',
      explanation: 'Shares “Garden” and “Lantern”, is in lights too and costs about the same',
    })
  })

  it('can be asked of what is sold out itself', async () => {
    expect(new Set(idsOf(await souk.of(product(soldOut), 'similar')))).toEqual(new Set([red.id, blue.id]))
  })
})

describe('suggestions for a cart', () => {
  it('fit what is in it, and are none of it', async () => {
    const found = await souk.of(cartOf(red), 'suggestions')
    expect(idsOf(found)).toEqual([blue.id, jug.id])
    expect(found[0]).toMatchObject({
      reason: 'FITS_YOUR_CART',
      explanation: 'In 6 of 16 baskets with Red Garden Lantern, which is in your cart',
    })
  })

  it('are what is popular when nothing fits, and still none of it', async () => {
    const found = await souk.of(cartOf(red, blue), 'suggestions')
    expect(idsOf(found)).toEqual([jug.id])
    const empty = await souk.of(cartOf(), 'suggestions')
    expect(idsOf(empty)).toEqual(idsOf(await souk.root('popularProducts')))
    expect(empty.every(({ reason }) => reason === 'POPULAR')).toBe(true)
  })
})

describe('what is popular', () => {
  it('can be bought, most bought first, and says how often, truly', async () => {
    const found = await souk.root('popularProducts')
    expect(idsOf(found)).toEqual([red.id, blue.id, jug.id])
    const counted = [red, blue, jug].map((one) => `In ${together(one)} of the last ${baskets.length} baskets`)
    expect(found.map(({ explanation }) => explanation)).toEqual(counted)
  })
})

describe('every list', () => {
  it('leaves out what is sold out or discontinued, until it can be bought again', async () => {
    const everything = async () => [
      ...(await souk.of(product(red), 'boughtTogether(first: 100)')),
      ...(await souk.of(product(red), 'similar(first: 100)')),
      ...(await souk.of(cartOf(red), 'suggestions(first: 100)')),
      ...(await souk.root('popularProducts(first: 100)')),
      ...(await souk.root(`boughtWith(productIds: [${ids(red)}], first: 100)`)),
    ]
    const before = idsOf(await everything())
    expect(before).not.toContain(soldOut.id)
    expect(before).not.toContain(gone.id)
    await souk.restock(soldOut, 3)
    const after = idsOf(await everything())
    expect(after.filter((id) => id === soldOut.id)).toHaveLength(5)
    expect(after).not.toContain(gone.id)
    await souk.restock(soldOut, 0)
    expect(idsOf(await everything())).toEqual(before)
  })

  it.each([0, -1, 101])('refuses to be %i long', async (first) => {
    for (const field of [`popularProducts(first: ${first})`, `boughtWith(productIds: [], first: ${first})`]) {
      const { errors } = await souk.ask('recommendations', { query: `{ ${field} { score } }` })
      expect(errors).toMatchObject([{ code: 'INVALID_INPUT' }])
    }
    for (const [entity, field] of [
      [product(red), 'boughtTogether'],
      [product(red), 'similar'],
      [cartOf(red), 'suggestions'],
      [user(ada), 'recommendations'],
    ] as const) {
      await expect(souk.of(entity, `${field}(first: ${first})`, ada)).rejects.toThrow('INVALID_INPUT')
    }
  })

  it('is not made of more than 50 products', async () => {
    const many = Array.from({ length: 51 }, () => `"${newUuid()}"`).join(', ')
    const { errors } = await souk.ask('recommendations', { query: `{ boughtWith(productIds: [${many}]) { score } }` })
    expect(errors).toMatchObject([{ code: 'INVALID_INPUT' }])
  })
})

describe('recommendations for a user', () => {
  it('come from the user’s own orders, and are none of what was bought', async () => {
    await souk.order('id' in ada ? ada.id : '', jug)
    baskets.push([jug])
    const found = await souk.of(user(ada), 'recommendations', ada)
    expect(new Set(idsOf(found))).toEqual(new Set([red.id, blue.id]))
    const counts = `In ${together(jug, red)} of ${together(jug)} baskets with Enamel Jug, which you have bought`
    expect(found.find(({ id }) => id === red.id)).toMatchObject({ reason: 'BASED_ON_YOUR_ORDERS', explanation: counts })
    expect(await souk.of(user(ada), 'recommendations', staff)).toEqual(found)
  })

  it('are what is popular for who has bought nothing', async () => {
    const found = await souk.of(user(bob), 'recommendations', bob)
    expect(idsOf(found)).toEqual(idsOf(await souk.root('popularProducts')))
  })

  it('are nobody else’s to see', async () => {
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { recommendations { score } } } }`
    for (const [viewer, code] of [
      [bob, 'FORBIDDEN'],
      [guest, 'UNAUTHENTICATED'],
      [visitor, 'UNAUTHENTICATED'],
    ] as const) {
      const { data, errors } = await souk.ask('recommendations', { query, variables: { of: [user(ada)] }, viewer })
      expect(data?._entities).toEqual([null])
      expect(errors).toMatchObject([{ code }])
    }
  })
})

describe('a confirmed order', () => {
  it('is one more basket, once', async () => {
    await souk.order('id' in bob ? bob.id : '', red, jug)
    baskets.push([red, jug])
    const expected = `In ${together(red, jug)} of ${together(red)} baskets with Red Garden Lantern`
    const evidence = async () => (await souk.of(product(red), 'boughtTogether')).find(({ id }) => id === jug.id)
    expect((await evidence())?.explanation).toBe(expected)
    await souk.harness.redeliver()
    expect((await evidence())?.explanation).toBe(expected)
    const popular = await souk.root('popularProducts')
    expect(popular[0]?.explanation).toBe(`In ${together(red)} of the last ${baskets.length} baskets`)
  })
})

describe('a shopper who orders the same again and again', () => {
  it('counts once a day for what goes together and what is popular', async () => {
    const bot = newUuid()
    await souk.order(bot, jug, blue)
    baskets.push([jug, blue])
    const before = [await souk.root('popularProducts'), await souk.of(product(jug), 'boughtTogether')]
    for (let orders = 0; orders < 5; orders += 1) await souk.order(bot, jug, blue)
    expect([await souk.root('popularProducts'), await souk.of(product(jug), 'boughtTogether')]).toEqual(before)
    await souk.order(bot, jug, red)
    baskets.push([red])
    const popular = await souk.root('popularProducts')
    expect(popular[0]?.explanation).toBe(`In ${together(red)} of the last ${baskets.length} baskets`)
  })
})

describe('the assistant', () => {
  const ask = (viewer: Viewer, message: string) =>
    souk.ask('recommendations', {
      viewer,
      query: `mutation ($input: AskAssistantInput!) { askAssistant(input: $input) { ... on Refusal { code } ... on InvalidInput { field } } }`,
      variables: { input: { message } },
    })

  it('is not there yet, and says so', async () => {
    expect((await ask(guest, 'A gift for a gardener?')).data).toEqual({ askAssistant: { code: 'NOT_FOUND' } })
  })

  it.each(['', '   ', 'x'.repeat(2_001), '\u200b', '\u3164', 'a\u202e'])(
    'refuses a question that is none',
    async (message) => {
      expect((await ask(guest, message)).data).toEqual({ askAssistant: { code: 'INVALID_INPUT', field: 'message' } })
    },
  )

  it('answers those with a session only', async () => {
    expect((await ask(visitor, 'A gift?')).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }])
  })
})

describe('what recommendations knows of the catalogue', () => {
  it('can be thrown away and rebuilt from the bus, to the same content', async () => {
    const database = souk.harness.databaseOf('recommendations')
    const tables = ['known_product', 'known_variant', 'known_stock']
    const content = () =>
      Promise.all(
        tables.map(async (table): Promise<Json> => (await database.query(`select * from ${table} order by 1`)).rows),
      )
    const before = await content()
    await database.query(`truncate ${tables.join(', ')}`)
    for (const reader of ['recommendations.catalogue', 'recommendations.stock']) {
      await souk.harness.bus.rereadState(reader)
    }
    await souk.harness.settled()
    expect(await content()).toEqual(before)
  })
})
