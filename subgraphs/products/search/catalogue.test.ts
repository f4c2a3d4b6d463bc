import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { readDemoCatalogue } from '../../../demo/catalogue/catalogue.ts'
import { createProductIndex, type IndexedProduct, type ProductIndex } from './product-index.ts'
import { wordsOf } from './words.ts'

let index: ProductIndex
let products: ReadonlyMap<string, IndexedProduct>

beforeAll(async () => {
  const catalogue = await readDemoCatalogue(join(import.meta.dirname, '../../../data'))
  const categories = new Map(catalogue.categories.map(({ slug, name }) => [slug, name]))
  index = createProductIndex()
  products = new Map(
    catalogue.products.map(({ id, name, description, categorySlug, variants }) => {
      const skus = variants.map(({ sku }) => sku)
      const options = variants.flatMap((variant) => variant.options.map(({ value }) => value))
      return [id, { id, name, description, category: categories.get(categorySlug) ?? '', skus, options }]
    }),
  )
  for (const product of products.values()) index.put(product.id, 1, product)
})

function found(text: string): IndexedProduct[] {
  return index.search(text).hits.flatMap(({ id }) => products.get(id) ?? [])
}

function names(text: string): string[] {
  return found(text).map(({ name }) => name)
}

describe('in the demo catalogue', () => {
  it.each([
    ['a name in full', 'Cream Hanging Heart T-Light Holder', 'Cream Hanging Heart T-Light Holder'],
    ['a name that others hold too', 'popcorn holder', 'Popcorn Holder'],
    ['a name in other words than its twin', 'Garland with Hearts and Bells', 'Garland with Hearts and Bells'],
    ['part of a name', 'jumbo retrospot', 'Jumbo Bag Red Retrospot'],
    ['part of a name, in another order', 'bag retrospot jumbo', 'Jumbo Bag Red Retrospot'],
    ['a plural', 'regency cake stands', 'Regency Cake Stand 3 Tier'],
    ['a name with a mistake', 'cream hanging hart t-light holder', 'Cream Hanging Heart T-Light Holder'],
    ['mistakes in two words', 'jumbo bag red retropsot', 'Jumbo Bag Red Retrospot'],
    ['a space too few', 'regency cakestand', 'Regency Cake Stand 3 Tier'],
    ['a space too many', 'pop corn holder', 'Popcorn Holder'],
    ['a hyphen too few', 'victorian glass hanging tlight', 'Victorian Glass Hanging T-Light'],
    ['a space for a hyphen', 'victorian glass hanging t light', 'Victorian Glass Hanging T-Light'],
    ['a SKU', '85123A', 'Cream Hanging Heart T-Light Holder'],
    ['a SKU in lower case', ' 85123a ', 'Cream Hanging Heart T-Light Holder'],
    ['a SKU of digits', '22423', 'Regency Cake Stand 3 Tier'],
    ['an accent', 'locál café mug', 'Local Cafe Mug'],
    ['capitals and punctuation', '  PARTY, BUNTING!!! ', 'Party Bunting'],
    ['a word in the making', 'alarm clock bake', 'Alarm Clock Bakelike'],
    ['a word without its apostrophe', 'childs umbrella', "Strawberry Dream Child's Umbrella"],
    ['words that say nothing', 'an apron for the children by spaceboy', "Children's Apron Spaceboy Design"],
    ['a word too many', 'spaceboy lunch box unicorn', 'Spaceboy Lunch Box'],
  ])('the first hit is right for %s: %j', (_what, text, name) => {
    expect(names(text)[0]).toBe(name)
  })

  it.each([
    ['heart', /heart/i, 20],
    ['hearts', /heart/i, 20],
    ['hart', /heart/i, 20],
    ['haert', /heart/i, 20],
    ['white hanging heart', /heart/i, 5],
    ['bunting', /bunting/i, 17],
    ['umbrela', /umbrella/i, 8],
    ['lantren', /lantern/i, 19],
    ['cuttlery', /cutlery/i, 10],
    ['retrospott', /retrospot/i, 20],
    ['chrismas tree', /christmas.* tree|tree/i, 10],
    ['t light', /t-light/i, 20],
    ['t-light', /t-light/i, 20],
    ['tlight', /t-light/i, 20],
    ['door mat', /doormat/i, 20],
    ['lunchbox', /lunch box/i, 9],
    ['boxes', /box/i, 20],
    ['mugs', /mug/i, 20],
    ['red retrospot', /(?=.*red).*retrospot/i, 20],
    ['hot water bottel', /hot water bottle/i, 10],
  ])('the names of the first hits for %j match %s', (text, pattern, count) => {
    const first = names(text).slice(0, count)
    expect(first).toHaveLength(count)
    expect(first.filter((name) => !pattern.test(name))).toEqual([])
  })

  it('every product is the first hit for its own name', () => {
    const missed = [...products.values()].filter(({ id, name }) => index.search(name).hits[0]?.id !== id)
    expect(missed).toEqual([])
  })

  it.each(['christmas', 'garden', 'kitchen'])('%s in a name comes before the category of that name', (word) => {
    const hits = found(word)
    const named = hits.map(({ name }) => wordsOf(name).includes(word))
    expect(named.lastIndexOf(true)).toBeLessThan(named.indexOf(false))
    const filed = hits.filter(({ category }) => wordsOf(category).includes(word))
    expect(filed).toHaveLength([...products.values()].filter(({ category }) => wordsOf(category).includes(word)).length)
  })

  it.each(['white hanging heart', 'jumbo wooden lantern', 'red retrospot unicorn'])(
    'where nothing holds all of %j, what holds more of it comes first',
    (text) => {
      const { mode, hits } = index.search(text)
      expect(mode).toBe('ANY_WORD')
      const held = hits.map(({ id }) => heldBy(products.get(id), wordsOf(text)))
      expect(held).toEqual(held.toSorted((left, right) => right - left))
      expect(held[0]).toBe(2)
    },
  )

  it('a search in several words holds all of them, as typed or as beginnings', () => {
    for (const text of ['red retrospot', 'christmas tree', 'vintage tin', 'set cup']) {
      expect(index.search(text).mode).toBe('STRICT')
      for (const product of found(text)) expect(heldBy(product, wordsOf(text))).toBe(2)
    }
  })

  it.each(['', ' ', '?', 'w', 'ß', 'xyzzyqwert', 'x'.repeat(200), 'qwertyuiop'.repeat(20)])(
    'there is nothing for %j',
    (text) => {
      expect(index.search(text).hits).toEqual([])
    },
  )

  it('one letter finds the word of one letter, and 200 characters what they name', () => {
    for (const { name } of found('t').slice(0, 20)) expect(name).toMatch(/\bT\b/)
    const long = 'cream hanging heart t-light holder '.repeat(6).slice(0, 200)
    expect(names(long)[0]).toBe('Cream Hanging Heart T-Light Holder')
  })
})

function heldBy(product: IndexedProduct | undefined, words: readonly string[]): number {
  if (product === undefined) return 0
  const { name, options, skus, category, description } = product
  const indexed = wordsOf([name, ...options, ...skus, category, description].join(' '))
  return words.filter((word) => indexed.some((each) => each.startsWith(word))).length
}
