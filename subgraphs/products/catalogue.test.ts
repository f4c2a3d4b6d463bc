import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { productState } from '../../contracts/products.ts'
import { newUuid } from '../../platform/ids.ts'
import { categories, openShop, product, type Shop } from './testing/shop.ts'

const mug = product('Red Mug', { prices: [300, 900] })
const plate = product('Plate')
const old = product('Old Thing')

let shop: Shop

beforeAll(async () => {
  shop = await openShop([mug, plate, old])
})

afterAll(() => shop.stop())

describe('reading the catalogue', () => {
  const card = `{
    id slug name description status category { slug name productCount } images { url alt }
    priceRange { lowest { amount currency } highest { amount currency } }
    variants { id sku name price { amount currency } options { name value } product { id } }
  }`
  const expected = {
    id: mug.id,
    slug: 'red-mug',
    name: 'Red Mug',
    description: 'About Red Mug.',
    status: 'ACTIVE',
    category: { slug: 'kitchen', name: 'Kitchen', productCount: 3 },
    images: [{ url: '/images/kitchen/red-mug.svg', alt: 'Red Mug' }],
    priceRange: { lowest: { amount: 300, currency: 'GBP' }, highest: { amount: 900, currency: 'GBP' } },
    variants: mug.variants.map(({ id, sku, name, price, options }) => ({
      id,
      sku,
      name,
      price: { amount: price, currency: 'GBP' },
      options,
      product: { id: mug.id },
    })),
  }

  test('a visitor sees a product by its id or slug', async () => {
    const { data, errors } = await shop.ask(
      `query ($id: ID!, $upper: ID!) {
        byId: product(id: $id) ${card} bySlug: product(slug: "red-mug") ${card} byBoth: product(id: $upper, slug: "Red-MUG") ${card}
      }`,
      { id: mug.id, upper: mug.id.toUpperCase() },
    )
    expect(errors).toEqual([])
    expect(data).toEqual({ byId: expected, bySlug: expected, byBoth: expected })
  })

  test.each([
    ['an unknown id', `product(id: "${newUuid()}")`],
    ['what is no id', 'product(id: "1")'],
    ['an unknown slug', 'product(slug: "no-such")'],
    ['what is no slug', 'product(slug: "Red Mug\\u0000")'],
    ['a slug of another product', `product(id: "${plate.id}", slug: "red-mug")`],
  ])('%s is null', async (_what, field) => {
    expect(await shop.ask(`{ ${field} { id } }`)).toEqual({ data: { product: null }, errors: [] })
  })

  test('neither id nor slug is refused', async () => {
    const { data, errors } = await shop.ask('{ product(id: null) { id } }')
    expect(data).toEqual({ product: null })
    expect(errors).toEqual([expect.objectContaining({ code: 'INVALID_INPUT' })])
  })

  test('the categories come in the shop’s order', async () => {
    const { data } = await shop.ask('{ categories { slug name productCount } }')
    expect(data?.categories).toEqual([
      { ...categories[0], productCount: 3 },
      { ...categories[1], productCount: 0 },
      { ...categories[2], productCount: 0 },
    ])
  })

  test('references are resolved by every key, in their order, and unknown ones are null', async () => {
    const [variant] = mug.variants
    const of = [
      { __typename: 'ProductVariant', sku: variant?.sku.toLowerCase() },
      { __typename: 'Product', id: plate.id.toUpperCase() },
      { __typename: 'ProductVariant', id: variant?.id },
      { __typename: 'ProductVariant', id: newUuid() },
      { __typename: 'ProductVariant', id: 'nonsense' },
      { __typename: 'ProductVariant', sku: 'no-such' },
      { __typename: 'ProductVariant', sku: '\0' },
      { __typename: 'Product', id: newUuid() },
      { __typename: 'Product', id: 7 },
    ]
    const { data, errors } = await shop.ask(
      `query ($of: [_Any!]!) {
        _entities(representations: $of) { __typename ... on Product { name } ... on ProductVariant { id sku product { name } } }
      }`,
      { of },
    )
    const resolved = { __typename: 'ProductVariant', id: variant?.id, sku: variant?.sku, product: { name: 'Red Mug' } }
    expect(errors).toEqual([])
    expect(data?._entities).toEqual([
      resolved,
      { __typename: 'Product', name: 'Plate' },
      resolved,
      ...Array.from({ length: 6 }, () => null),
    ])
  })
})

test('an import can be run again after a crash, and names what is wrong with it', async () => {
  expect(await shop.products.importProducts(categories, [plate, product('Bowl')])).toBe(1)
  const { importProducts } = shop.products
  await expect(importProducts([], [plate])).rejects.toThrow('plate is in the category kitchen, which is not imported')
  await expect(importProducts(categories, [{ ...plate, variants: [] }])).rejects.toThrow('plate has no variant')
})

test('an import leaves a category its name, in the shop and in what is published of its new products', async () => {
  const late = product('Late Bowl')
  const renamed = categories.map((category) => ({ ...category, name: `${category.name} & More` }))
  await shop.products.importProducts(renamed, [late])
  await shop.harness.settled()
  const { data } = await shop.ask('{ categories { slug name } }')
  expect(data?.categories).toEqual(categories)
  const published = (await shop.harness.published(productState)).filter(({ subject }) => subject === late.id)
  expect(published).toMatchObject([{ data: { category: categories.find(({ slug }) => slug === late.categorySlug) } }])
})
