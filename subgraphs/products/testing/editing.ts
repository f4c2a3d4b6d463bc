import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

import { productState } from '../../../contracts/products.ts'
import { newUuid } from '../../../platform/ids.ts'
import { guest, product, shopper, staff, type OpenShop, type Shop } from './shop.ts'

export function editingBehaviour(openShop: OpenShop): void {
  const mug = product('Red Mug', { prices: [300, 900] })
  const plate = product('Plate')
  const old = product('Old Thing')

  let shop: Shop

  beforeAll(async () => {
    shop = await openShop([mug, plate, old])
    await shop.answerAsInventory()
  })

  afterAll(() => shop.stop())

  async function statesOf(productId: string) {
    await shop.harness.settled()
    return (await shop.harness.published(productState)).filter(({ subject }) => subject === productId)
  }

  const createProduct = `mutation ($input: CreateProductInput!) {
  createProduct(input: $input) {
    __typename
    ... on Product { id slug name status category { slug } variants { id sku name price { amount currency } options { name } } }
    ... on Refusal { code message }
    ... on InvalidInput { field }
  }
}`
  const setPrice = `mutation ($variantId: ID!, $amount: MinorUnits!) {
  setPrice(variantId: $variantId, amount: $amount) {
    __typename
    ... on ProductVariant { id price { amount } product { priceRange { lowest { amount } highest { amount } } } }
    ... on Refusal { code message }
    ... on InvalidInput { field }
  }
}`
  const discontinueProduct = `mutation ($id: ID!) {
  discontinueProduct(id: $id) { __typename ... on Product { id status } ... on Refusal { code } }
}`

  function input(more: Record<string, unknown> = {}, variant: Record<string, unknown> = {}) {
    return {
      name: 'Teapot',
      description: 'For tea.',
      category: 'kitchen',
      variants: [
        { sku: `TEA-${newUuid().slice(-8)}`, name: 'Teapot, Large', price: 1_500, initialStock: 7, ...variant },
      ],
      ...more,
    }
  }

  async function create(given: unknown): Promise<Record<string, unknown>> {
    const { data, errors } = await shop.ask(createProduct, { input: given }, staff)
    expect(errors).toEqual([])
    return z.object({ createProduct: z.record(z.string(), z.unknown()) }).parse(data).createProduct
  }

  describe('when staff create a product', () => {
    test('then it is on sale, published, in stock and found at once', async () => {
      const given = input({ name: ' Crème Jug ' })
      const created = await create(given)
      const [variant] = given.variants
      expect(created).toMatchObject({
        __typename: 'Product',
        slug: 'creme-jug',
        name: 'Crème Jug',
        status: 'ACTIVE',
        category: { slug: 'kitchen' },
        variants: [
          { sku: variant?.sku, name: 'Teapot, Large', price: { amount: 1_500, currency: 'GBP' }, options: [] },
        ],
      })
      // Inventory was waited for: nothing has to settle before this.
      const listed = await shop.ask(
        '{ products(filter: { inStockOnly: true, category: "kitchen" }) { edges { node { slug } } } }',
      )
      expect(JSON.stringify(listed.data)).toContain('creme-jug')
      const [state] = await statesOf(String(created.id))
      expect(state).toMatchObject({
        aggregateversion: 1,
        data: { status: 'ACTIVE', category: { slug: 'kitchen', name: 'Kitchen' }, variants: [{ initialStock: 7 }] },
      })
      const found = await shop.ask('{ products(filter: { text: "creme jgu" }) { edges { node { slug } } } }')
      expect(found.data).toEqual({ products: { edges: [{ node: { slug: 'creme-jug' } }] } })
    })

    test('of a name that is taken, then the slug is numbered', async () => {
      const [first, second] = [await create(input({ name: 'Milk Jug' })), await create(input({ name: 'Milk Jug' }))]
      expect([first.slug, second.slug]).toEqual(['milk-jug', 'milk-jug-2'])
    })

    const variants = (length: number, sku = (at: number) => `MANY-${at}`) =>
      Array.from({ length }, (_, at) => ({ sku: sku(at), name: 'One', price: 1 }))

    test.each<[what: string, given: unknown, field: string]>([
      ['no name', input({ name: ' ' }), 'name'],
      ['a name that is too long', input({ name: 'n'.repeat(121) }), 'name'],
      ['a name of two lines', input({ name: 'a\nb' }), 'name'],
      ['a name that shows nothing', input({ name: '\u3164' }), 'name'],
      ['a name that is turned round', input({ name: 'mug\u202e' }), 'name'],
      ['no description', input({ description: '' }), 'description'],
      ['a description that is too long', input({ description: 'd'.repeat(4_001) }), 'description'],
      ['a description that is no text', input({ description: 'a\0' }), 'description'],
      ['an unknown category', input({ category: 'no-such' }), 'category'],
      ['no variants', input({ variants: [] }), 'variants'],
      ['too many variants', input({ variants: variants(51) }), 'variants'],
      ['no SKU', input({}, { sku: '' }), 'variants.0.sku'],
      ['a SKU that cannot be', input({}, { sku: 'A B' }), 'variants.0.sku'],
      ['a SKU that is too long', input({}, { sku: 'S'.repeat(41) }), 'variants.0.sku'],
      ['a SKU that is taken', input({}, { sku: 'plate' }), 'variants.0.sku'],
      ['a SKU twice', input({ variants: variants(3, (at) => ['one', 'two', 'ONE'][at] ?? '') }), 'variants.2.sku'],
      ['no name of a variant', input({}, { name: '' }), 'variants.0.name'],
      ['a name of a variant that shows nothing', input({}, { name: '\u2800' }), 'variants.0.name'],
      ['a price of 0', input({}, { price: 0 }), 'variants.0.price'],
      ['a price that is too high', input({}, { price: 1_000_001 }), 'variants.0.price'],
      ['negative stock', input({}, { initialStock: -1 }), 'variants.0.initialStock'],
      ['too much stock', input({}, { initialStock: 1_000_001 }), 'variants.0.initialStock'],
    ])('with %s, then it is refused and nothing is created', async (_what, given, field) => {
      const { data: before } = await shop.ask('{ products { totalCount } }')
      const result = await create(given)
      expect(result).toMatchObject({ __typename: 'InvalidInput', code: 'INVALID_INPUT', field })
      expect(result.message).toMatch(/^[A-Z].*\.$/)
      expect((await shop.ask('{ products { totalCount } }')).data).toEqual(before)
    })

    test('at the limits, then it is created', async () => {
      const most = variants(50).map((variant) => ({ ...variant, price: 1_000_000, initialStock: 0 }))
      const created = await create(input({ name: 'n'.repeat(120), description: 'd'.repeat(4_000), variants: most }))
      expect(created.variants).toHaveLength(50)
    })
  })

  describe('when staff set a price', () => {
    test('then the variant costs it, and the product is published', async () => {
      const [first] = mug.variants
      const { data } = await shop.ask(setPrice, { variantId: first?.id.toUpperCase(), amount: 450 }, staff)
      expect(data?.setPrice).toEqual({
        __typename: 'ProductVariant',
        id: first?.id,
        price: { amount: 450 },
        product: { priceRange: { lowest: { amount: 450 }, highest: { amount: 900 } } },
      })
      const [state] = await statesOf(mug.id)
      expect(state?.aggregateversion).toBe(2)
      expect(state?.data.variants.map(({ price }) => price.amount)).toEqual([450, 900])
    })

    test('that it has already, then nothing is published', async () => {
      await shop.ask(setPrice, { variantId: plate.variants[0]?.id, amount: 100 }, staff)
      expect((await statesOf(plate.id)).map(({ aggregateversion }) => aggregateversion)).toEqual([1])
    })

    test.each([
      ['0', 0],
      ['below 0', -5],
      ['above the highest', 1_000_001],
    ])('of %s, then it is refused', async (_what, amount) => {
      const { data } = await shop.ask(setPrice, { variantId: plate.variants[0]?.id, amount }, staff)
      expect(data?.setPrice).toMatchObject({ __typename: 'InvalidInput', code: 'INVALID_INPUT', field: 'amount' })
    })

    test.each([newUuid(), 'nonsense', ''])('of an unknown variant %j, then it is refused', async (variantId) => {
      const { data } = await shop.ask(setPrice, { variantId, amount: 1 }, staff)
      expect(data?.setPrice).toMatchObject({ __typename: 'Refused', code: 'NOT_FOUND' })
    })
  })

  describe('when staff discontinue a product', () => {
    test('then it is listed and counted no more, but still there; twice is as once', async () => {
      const answers = [
        await shop.ask(discontinueProduct, { id: old.id }, staff),
        await shop.ask(discontinueProduct, { id: old.id }, staff),
      ]
      for (const { data } of answers) {
        expect(data?.discontinueProduct).toEqual({ __typename: 'Product', id: old.id, status: 'DISCONTINUED' })
      }
      const states = await statesOf(old.id)
      expect(states.map(({ aggregateversion, data }) => [aggregateversion, data.status])).toEqual([[2, 'DISCONTINUED']])
      const { data } = await shop.ask(
        `query ($id: ID!) {
        product(id: $id) { status variants { sku } }
        byText: products(filter: { text: "OLD-THING" }) { totalCount edges { node { id } } }
      }`,
        { id: old.id },
      )
      expect(data).toEqual({
        product: { status: 'DISCONTINUED', variants: [{ sku: 'OLD-THING' }] },
        byText: { totalCount: 0, edges: [] },
      })
    })

    test.each([newUuid(), 'nonsense'])('of unknown id %j, then it is refused', async (id) => {
      const { data } = await shop.ask(discontinueProduct, { id }, staff)
      expect(data?.discontinueProduct).toEqual({ __typename: 'Refused', code: 'NOT_FOUND' })
    })
  })

  describe('others than staff', () => {
    test.each([
      ['createProduct', createProduct, { input: input() }],
      ['setPrice', setPrice, { variantId: plate.variants[0]?.id, amount: 1 }],
      ['discontinueProduct', discontinueProduct, { id: plate.id }],
    ])('may not %s', async (_field, query, variables) => {
      const codes = async (viewer?: typeof guest) =>
        (await shop.ask(query, variables, viewer)).errors.map(({ code }) => code)
      expect(await codes()).toEqual(['UNAUTHENTICATED'])
      expect(await codes(guest)).toEqual(['UNAUTHENTICATED'])
      expect(await codes(shopper)).toEqual(['FORBIDDEN'])
      expect((await statesOf(plate.id)).map(({ aggregateversion }) => aggregateversion)).toEqual([1])
    })
  })

  test('where inventory does not answer, a product is created all the same', async () => {
    const alone = await openShop([], { NEW_STOCK_WAIT_MS: 50 })
    try {
      const { data } = await alone.ask(createProduct, { input: input() }, staff)
      expect(data?.createProduct).toMatchObject({ __typename: 'Product' })
    } finally {
      await alone.stop()
    }
  })
}
