import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'

import type { Viewer } from '../../../platform/identity/viewer.ts'
import { newUuid } from '../../../platform/ids.ts'
import {
  startRecommendations,
  type Change,
  type PublishedProduct,
  type RecommendationsUnderTest,
} from '../testing/recommendations-under-test.ts'

const shopper: Viewer & { readonly id: string } = { kind: 'user', id: newUuid(), roles: ['SHOPPER'] }

let souk: RecommendationsUnderTest
let products: PublishedProduct[]

beforeAll(async () => {
  souk = await startRecommendations()
  products = await souk.sell(...Array.from({ length: 10 }, (_none, place) => ({ name: `Lantern ${place}` })))
  // Each lies in a basket with each of the next three, so that there is always something to recommend.
  await souk.bought(...products.map((_product, place) => chosen([place, place + 1, place + 2, place + 3])))
  await souk.order(shopper.id, ...chosen([0, 1]))
  await souk.subgraph.train()
})
afterAll(() => souk.harness.stop())

function chosen(places: readonly number[]): PublishedProduct[] {
  return places.flatMap((place) => products[place % products.length] ?? [])
}

const place = fc.nat({ max: 9 })
/** What is sold out, what is discontinued, what lies in the cart, and how many are asked for. */
const days = fc.record({
  soldOut: fc.uniqueArray(place),
  gone: fc.uniqueArray(place, { maxLength: 4 }),
  held: fc.uniqueArray(place, { minLength: 1 }),
  first: fc.integer({ min: 1, max: 12 }),
})
type Day = typeof days extends fc.Arbitrary<infer Value> ? Value : never

function changesOf({ soldOut, gone }: Day): Change[] {
  return products.map((product, number) => ({
    product,
    stock: soldOut.includes(number) ? 0 : 3,
    status: gone.includes(number) ? 'DISCONTINUED' : 'ACTIVE',
  }))
}

/** The lists, each with what must not be in it beside what cannot be bought. */
async function lists({ held, first }: Day) {
  const members = chosen(held)
  const lines = members.map(({ variantId }) => ({ variant: { __typename: 'ProductVariant', id: variantId } }))
  const ids = members.map(({ id }) => `"${id}"`).join(', ')
  const [one] = members
  const product = { __typename: 'Product', id: one?.id }
  const own = one === undefined ? [] : [one]
  return [
    { without: members, found: await souk.root(`boughtWith(productIds: [${ids}], first: ${first})`) },
    {
      without: members,
      found: await souk.of({ __typename: 'Cart', id: newUuid(), lines }, `suggestions(first: ${first})`),
    },
    { without: own, found: await souk.of(product, `boughtTogether(first: ${first})`) },
    { without: own, found: await souk.of(product, `similar(first: ${first})`) },
    {
      without: chosen([0, 1]),
      found: await souk.of({ __typename: 'User', id: shopper.id }, `recommendations(first: ${first})`, shopper),
    },
    { without: [], found: await souk.root(`popularProducts(first: ${first})`) },
  ]
}

it('whatever is sold out, discontinued, in the cart or bought before is never recommended, and nothing is twice', async () => {
  let recommended = 0
  await fc.assert(
    fc.asyncProperty(days, async (day) => {
      await souk.change(...changesOf(day))
      const unbuyable = chosen([...day.soldOut, ...day.gone])
      for (const { without, found } of await lists(day)) {
        const ids = found.map(({ id }) => id)
        const never = new Set([...unbuyable, ...without].map(({ id }) => id))
        expect(ids.filter((id) => never.has(id))).toEqual([])
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids.length).toBeLessThanOrEqual(day.first)
        expect(found.every(({ score }) => Number.isFinite(score))).toBe(true)
        recommended += ids.length
      }
    }),
    { numRuns: 25 },
  )
  expect(recommended).toBeGreaterThan(100)
})
