import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { drawProductImage } from '../../pictures/draw.ts'
import { wellFormedness } from '../../pictures/well-formed.ts'
import { readDemoCatalogue, type DemoCatalogue } from './catalogue.ts'
import { readDemoItems, type DemoItem } from './items.ts'

const dataDir = join(import.meta.dirname, '../../data')
const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

let items: DemoItem[]
let catalogue: DemoCatalogue
beforeAll(async () => {
  items = await readDemoItems(dataDir)
  catalogue = await readDemoCatalogue(dataDir)
})

const variantsOf = ({ products }: DemoCatalogue) => products.flatMap(({ variants }) => variants)

describe('the demo catalogue', () => {
  it('has every item of the retailer as exactly one variant', () => {
    const skus = variantsOf(catalogue).map(({ sku }) => sku)
    expect(items).toHaveLength(3131)
    expect(skus.toSorted()).toEqual(items.map(({ code }) => code).toSorted())
    expect(new Set(skus).size).toBe(skus.length)
  })

  it('knows the product and the variant of every item that a basket may name', () => {
    const owners = new Map(
      catalogue.products.flatMap(({ id, variants }) =>
        variants.map((variant) => [variant.id, { id, sku: variant.sku }]),
      ),
    )
    for (const { index, code } of items) {
      const owner = owners.get(catalogue.variantOfItem.get(index) ?? '')
      expect(owner).toEqual({ id: catalogue.productOfItem.get(index), sku: code })
    }
  })

  it('has 12 to 25 categories, none empty, and fewer than one in twenty products in "other"', () => {
    const sizes = new Map(catalogue.categories.map(({ slug }) => [slug, 0]))
    for (const { categorySlug } of catalogue.products)
      sizes.set(categorySlug, (sizes.get(categorySlug) ?? Number.NaN) + 1)
    expect(catalogue.categories.length).toBeGreaterThanOrEqual(12)
    expect(catalogue.categories.length).toBeLessThanOrEqual(25)
    expect(Math.min(...sizes.values())).toBeGreaterThan(0)
    expect(sizes.get('other')).toBeLessThan(catalogue.products.length / 20)
  })

  it('has ids of the shape of UUIDv7 and slugs, none twice', () => {
    const ids = [...catalogue.products.map(({ id }) => id), ...variantsOf(catalogue).map(({ id }) => id)]
    const slugs = catalogue.products.map(({ slug }) => slug)
    expect(ids.filter((id) => !uuidV7.test(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
    expect(slugs.filter((slug) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))).toEqual([])
    expect(new Set(slugs).size).toBe(slugs.length)
  })

  it('has names that a shop would show, and none twice', () => {
    const names = catalogue.products.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => / {2}|^\s|\s$|[,.]$|"[^"]*"| ,|\b(?:ASSTD|DES|COL)\b/.test(name))).toEqual([])
    expect(names.filter((name) => name === name.toUpperCase())).toEqual([])
  })

  it('has prices in whole pence and stock from 0 to 500, with some three in a hundred sold out', () => {
    const variants = variantsOf(catalogue)
    const soldOut = variants.filter(({ initialStock }) => initialStock === 0).length / variants.length
    expect(variants.filter(({ price }) => !Number.isInteger(price) || price <= 0)).toEqual([])
    expect(variants.filter(({ initialStock: units }) => !Number.isInteger(units) || units < 0 || units > 500)).toEqual(
      [],
    )
    expect(soldOut).toBeGreaterThan(0.02)
    expect(soldOut).toBeLessThan(0.045)
  })

  it('has about 40 products with real variants, which differ in their options', () => {
    const merged = catalogue.products.filter(({ variants }) => variants.length > 1)
    expect(merged.length).toBeGreaterThanOrEqual(30)
    expect(merged.length).toBeLessThanOrEqual(60)
    for (const { name, variants } of merged) {
      const optionsOfEach = variants.map(({ options }) => JSON.stringify(options))
      expect(new Set(optionsOfEach).size, name).toBe(variants.length)
      expect(
        variants.every(({ options }) => options.length > 0),
        name,
      ).toBe(true)
    }
    const clock = merged.find(({ slug }) => slug === 'diner-wall-clock')
    expect(clock?.variants.map(({ options }) => options[0])).toContainEqual({ name: 'Colour', value: 'Mint' })
    const notebook = merged.find(({ slug }) => slug === 'babushka-notebook')
    expect(notebook?.variants.map(({ name }) => name)).toContain('Babushka Notebook, Large, Red')
  })

  it('describes every product in a few sentences', () => {
    for (const { name, description } of catalogue.products) {
      expect(description, name).toMatch(/^[A-Z0-9].*\.$/)
      expect(description, name).not.toMatch(/ {2}|undefined|\.\.| ,|,,/)
      expect(description.length, name).toBeLessThanOrEqual(260)
    }
  })

  it('was filled while the purchase history ran', () => {
    const times = catalogue.products.map(({ createdAt }) => createdAt.getTime())
    expect(Math.min(...times)).toBeGreaterThanOrEqual(Date.UTC(2010, 11, 1))
    expect(Math.max(...times)).toBeLessThan(Date.UTC(2011, 10, 14))
  })

  it('has a picture for every product', () => {
    for (const { categorySlug, slug } of catalogue.products) {
      const image = drawProductImage(categorySlug, slug) ?? 'none'
      expect(wellFormedness(image), slug).toBe('well-formed')
      expect(image.length, slug).toBeLessThan(4096)
    }
  })

  it('is the same every time', async () => {
    const again = await readDemoCatalogue(dataDir)
    expect(JSON.stringify(again.products)).toBe(JSON.stringify(catalogue.products))
    expect([...again.variantOfItem]).toEqual([...catalogue.variantOfItem])
    expect(catalogue.products[0]?.id).toBe('012c9f3a-8000-742c-9a6b-9caa41af94a4')
  })
})
