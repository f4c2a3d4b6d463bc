import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

import { product, staff, type OpenShop, type Shop } from './shop.ts'

export function listingBehaviour(openShop: OpenShop): void {
  const page = z.object({
    products: z.object({
      totalCount: z.int(),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      edges: z.array(z.object({ cursor: z.string(), node: z.object({ name: z.string() }) })),
    }),
  })

  const list = `query ($filter: ProductFilter, $sort: ProductSort, $first: Int, $after: String) {
  products(filter: $filter, sort: $sort, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { cursor node { name } }
  }
}`

  let shop: Shop

  // Ids grow in this order, and decide where all else is equal.
  const blue = product('Blue Mug', { prices: [300], createdAt: new Date('2026-01-02T00:00:00.000Z') })
  const mug = product('Red Mug', { prices: [300, 900] })
  const lantern = product('Garden Lantern', { categorySlug: 'garden', prices: [700] })
  const alarm = product('Alarm Clock', { prices: [1_200], createdAt: new Date('2026-01-03T00:00:00.000Z') })
  const big = product('Big Clock', { prices: [2_000] })
  const onSale = [blue, mug, lantern, alarm, big]

  beforeAll(async () => {
    shop = await openShop(onSale)
    await shop.stock(mug.variants[1]?.id, 3)
    await shop.stock(lantern.variants[0]?.id, 0)
    await shop.harness.settled()
  })

  afterAll(() => shop.stop())

  async function listed(variables: Record<string, unknown>) {
    const { data, errors } = await shop.ask(list, variables)
    expect(errors).toEqual([])
    const { products } = page.parse(data)
    return { ...products, names: products.edges.map(({ node }) => node.name) }
  }

  /** Walks through the whole list, page by page. */
  async function walk(variables: Record<string, unknown>, between: () => Promise<void> = async () => undefined) {
    const names: string[] = []
    for (let after: string | null | undefined; after !== null;) {
      const { names: more, pageInfo } = await listed({ ...variables, after })
      names.push(...more)
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
      await between()
    }
    return names
  }

  const newestFirst = ['Alarm Clock', 'Blue Mug', 'Big Clock', 'Garden Lantern', 'Red Mug']

  describe('a list of products', () => {
    test.each([
      ['NAME', ['Alarm Clock', 'Big Clock', 'Blue Mug', 'Garden Lantern', 'Red Mug']],
      ['PRICE_LOW_TO_HIGH', ['Blue Mug', 'Red Mug', 'Garden Lantern', 'Alarm Clock', 'Big Clock']],
      ['PRICE_HIGH_TO_LOW', ['Big Clock', 'Alarm Clock', 'Garden Lantern', 'Red Mug', 'Blue Mug']],
      ['NEWEST', newestFirst],
      ['RELEVANCE', newestFirst],
      [null, newestFirst],
    ])('sorted by %s is the same list, whole or in pages', async (sort, expected) => {
      const { names, totalCount, pageInfo } = await listed({ sort })
      expect(names).toEqual(expected)
      expect({ totalCount, more: pageInfo.hasNextPage }).toEqual({ totalCount: 5, more: false })
      expect(await walk({ sort, first: 2 })).toEqual(names)
    })

    test.each<[what: string, filter: Record<string, unknown> | null, expected: string[]]>([
      ['nothing', null, ['Alarm Clock', 'Big Clock', 'Blue Mug', 'Garden Lantern', 'Red Mug']],
      [
        'nulls',
        { text: null, category: null, minPrice: null, maxPrice: null, inStockOnly: null },
        onSale.map(({ name }) => name),
      ],
      ['a text that shows nothing', { text: '\u200b\u3164' }, onSale.map(({ name }) => name)],
      ['a text with what nobody sees', { text: 'mug\u200b\ufeff' }, ['Blue Mug', 'Red Mug']],
      ['a blank text', { text: '  ' }, onSale.map(({ name }) => name)],
      ['a text', { text: 'mug' }, ['Blue Mug', 'Red Mug']],
      ['a mistyped text', { text: 'alram clcok' }, ['Alarm Clock']],
      ['a SKU', { text: 'red-mug-2' }, ['Red Mug']],
      ['a category', { category: 'garden' }, ['Garden Lantern']],
      ['an unknown category', { category: 'no-such' }, []],
      ['a category that cannot be', { category: 'a\0b' }, []],
      ['a price range', { minPrice: 700, maxPrice: 1_200 }, ['Alarm Clock', 'Garden Lantern', 'Red Mug']],
      ['a price between two variants', { minPrice: 301, maxPrice: 699 }, []],
      ['stock', { inStockOnly: true }, ['Red Mug']],
      ['text, category and price together', { text: 'clock', category: 'kitchen', maxPrice: 1_500 }, ['Alarm Clock']],
      ['text that is of another category', { text: 'clock', category: 'garden' }, []],
      ['text that nothing is like', { text: 'xyzzyqwert' }, []],
    ])('narrowed by %s has and counts those', async (_what, filter, expected) => {
      const { names, totalCount, pageInfo } = await listed({ filter, sort: 'NAME' })
      expect(names).toEqual(expected.toSorted())
      expect(totalCount).toBe(expected.length)
      expect(pageInfo.hasNextPage).toBe(false)
    })

    test.each([
      ['first: 0', { first: 0 }, /`first`/],
      ['first: 101', { first: 101 }, /`first`/],
      ['a negative first', { first: -1 }, /`first`/],
      ['a text that is too long', { filter: { text: 'a'.repeat(201) } }, /filter\.text/],
      ['a minPrice below 0', { filter: { minPrice: -1 } }, /`filter\.minPrice`/],
      ['a maxPrice below 0', { filter: { maxPrice: -1, category: '!' } }, /`filter\.maxPrice`/],
      ['a minPrice above maxPrice', { filter: { minPrice: 2, maxPrice: 1 } }, /`filter\.minPrice`/],
      ['a cursor that is none', { after: 'nonsense' }, /`after`/],
      ['a cursor of another shape', { after: Buffer.from('{"by":"NAME"}').toString('base64url') }, /`after`/],
    ])('with %s is refused', async (_what, variables, message) => {
      const { errors } = await shop.ask(list, variables)
      expect(errors.map(({ code }) => code)).toEqual(['INVALID_INPUT'])
      expect(errors[0]?.message).toMatch(message)
    })

    test('with a cursor of a list in another order is refused', async () => {
      const { pageInfo } = await listed({ sort: 'NAME', first: 1 })
      const { errors } = await shop.ask(list, { sort: 'NEWEST', after: pageInfo.endCursor })
      expect(errors).toEqual([expect.objectContaining({ code: 'INVALID_INPUT' })])
    })
  })

  describe('while products come and go', () => {
    const insert = async (name: string, price = 1) => {
      await shop.products.importProducts([{ slug: 'kitchen', name: 'Kitchen' }], [product(name, { prices: [price] })])
      await shop.harness.settled()
    }

    test.each([
      ['NAME', 50],
      ['PRICE_LOW_TO_HIGH', 1],
    ])('pages by %s neither repeat nor skip', async (sort, price) => {
      const before = await listed({ sort })
      const counter = { value: 0 }
      // Each sorts ahead of all others, and would push a numbered page along.
      const seen = await walk({ sort, first: 2 }, () =>
        insert(`AA ${sort} ${counter.value++}`.replaceAll('_', ' '), price),
      )
      expect(seen).toEqual(before.names)
    })

    test('pages by relevance neither repeat nor skip', async () => {
      for (const word of ['One', 'Two', 'Three', 'Four']) await insert(`Kettle Stand ${word}`)
      const filter = { text: 'kettle' }
      const before = await listed({ filter })
      expect(before.names).toHaveLength(4)
      const counter = { value: 0 }
      // A shorter name fits better.
      const seen = await walk({ filter, first: 1 }, () => insert(`Kettle ${'ABCDEFGH'[counter.value++]}`))
      expect(seen).toEqual(before.names)
    })

    test('a page goes on where the last product of the one before has gone', async () => {
      for (const word of ['One', 'Two', 'Three']) await insert(`Trivet ${word}`)
      const { names, pageInfo } = await listed({ filter: { text: 'trivet' }, first: 2 })
      const gone = await shop.ask(`{ product(slug: "${(names[1] ?? '').toLowerCase().replace(' ', '-')}") { id } }`)
      const { product: found } = z.object({ product: z.object({ id: z.string() }) }).parse(gone.data)
      await shop.ask('mutation ($id: ID!) { discontinueProduct(id: $id) { __typename } }', found, staff)
      await shop.harness.settled()
      const rest = await listed({ filter: { text: 'trivet' }, first: 2, after: pageInfo.endCursor })
      expect([names[0], ...rest.names].toSorted()).toEqual(
        ['Trivet One', 'Trivet Three', 'Trivet Two'].filter((name) => name !== names[1]).toSorted(),
      )
      expect(rest.totalCount).toBe(2)
    })

    test('a list of what has any of the words stays one when something has them all', async () => {
      await insert('Purple Cushion')
      await insert('Green Cushion')
      const filter = { text: 'cushion unicorn' }
      const { names, pageInfo } = await listed({ filter, first: 1 })
      await insert('Cushion Unicorn')
      const rest = await listed({ filter, first: 5, after: pageInfo.endCursor })
      expect([...names, ...rest.names].toSorted()).toEqual(expect.arrayContaining(['Green Cushion', 'Purple Cushion']))
      expect((await listed({ filter })).names).toEqual(['Cushion Unicorn'])
    })
  })
}
