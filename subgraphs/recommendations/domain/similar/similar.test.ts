import { describe, expect, it } from 'vitest'

import { nameWords, stemsOf } from './name-words.ts'
import { namedSimilarLists, similarLists } from './similar-lists.ts'
import { priceCloseness, similarityIndex, similarTo, type ComparedProduct } from './similar.ts'

const bags = { slug: 'bags', name: 'Bags' }
const kitchen = { slug: 'kitchen', name: 'Kitchen' }

function pounds(amount: number): ComparedProduct['price'] {
  return { amount: amount * 100, currency: 'GBP' }
}

/** Named a, b, c in their order. */
function catalogue(...products: readonly Omit<ComparedProduct, 'id'>[]): ComparedProduct[] {
  return products.map((product, place) => ({ id: String.fromCharCode(97 + place), ...product }))
}

const shop = catalogue(
  { name: 'Jumbo Bag Red Retrospot', category: bags, price: pounds(2) },
  { name: 'Jumbo Bags Pink Retrospot', category: bags, price: pounds(2) },
  { name: 'Jumbo Bag Owls', category: bags, price: pounds(4) },
  { name: 'Milk Pan Red Retrospot', category: kitchen, price: pounds(4) },
  { name: 'Egg Cup', category: kitchen, price: pounds(1) },
  { name: '', category: { slug: 'other', name: 'Other' }, price: pounds(1) },
)

function similarOf(product: string): string[] {
  const found = shop.find(({ id }) => id === product)
  return found === undefined ? [] : similarTo(found, shop).map((each) => each.product)
}

describe('the telling words of a name', () => {
  it('leave out grammar, packing and bare numbers', () => {
    expect(stemsOf('Set of 6 Cups with the Owl Design 120cm')).toEqual(['cup', 'owl', '120cm'])
  })

  it('are alike in singular and plural, with accents or without, each once', () => {
    expect(stemsOf('Éclairs, Berries & Boxes; eclair Glass Bus Tie Dolly’s')).toEqual([
      'eclair',
      'berry',
      'box',
      'glass',
      'bus',
      'tie',
      'dolly',
    ])
  })

  it('are kept as they are written', () => {
    expect(nameWords('Pink Cups')).toEqual([
      { written: 'Pink', stem: 'pink' },
      { written: 'Cups', stem: 'cup' },
    ])
  })
})

describe('how close two prices are', () => {
  it('is the cheaper as a share of the dearer', () => {
    expect(priceCloseness(pounds(1), pounds(4))).toBe(0.25)
    expect(priceCloseness(pounds(4), pounds(1))).toBe(0.25)
  })

  it('is the same for two gifts, and nothing across currencies', () => {
    expect(priceCloseness(pounds(0), pounds(0))).toBe(1)
    expect(priceCloseness(pounds(1), { amount: 100, currency: 'EUR' })).toBe(0)
  })
})

describe('what could stand in for a product', () => {
  it('shares its words, or at least its category', () => {
    expect(similarOf('a')).toEqual(['b', 'c', 'd'])
    expect(similarOf('e')).toEqual(['d'])
  })

  it('is rather what shares the rarer word', () => {
    const same = { category: kitchen, price: pounds(1) }
    const names = ['Owl Cup', 'Red Cup', 'Owl Jug', 'Pink Cup']
    const [owlCup, ...others] = catalogue(...names.map((name) => ({ name, ...same })))
    const similar = owlCup === undefined ? [] : similarTo(owlCup, others)
    expect(similar.map(({ product }) => product)).toEqual(['c', 'b', 'd'])
  })

  it('is rather what costs about the same', () => {
    const same = { name: 'Egg Cup', category: kitchen }
    const [cheap, ...others] = catalogue(...[1, 4, 2].map((price) => ({ ...same, price: pounds(price) })))
    const similar = cheap === undefined ? [] : similarTo(cheap, others)
    expect(similar.map(({ product }) => product)).toEqual(['c', 'b'])
  })

  it('is nothing for what shares neither a word nor a category', () => {
    expect(similarOf('f')).toEqual([])
  })

  it('scores 1 where nothing but the id differs, and ties go to the lower id', () => {
    const same = { name: 'Egg Cup', category: kitchen, price: pounds(1) }
    const twins = catalogue(same, same, same)
    const [, second] = twins
    const similar = second === undefined ? [] : similarTo(second, twins)
    expect(similar.map(({ product }) => product)).toEqual(['a', 'c'])
    for (const { score } of similar) expect(score).toBeCloseTo(1)
  })

  it('is found for a new product as for one of the catalogue', () => {
    const fresh = { id: 'z', name: 'Jumbo Bag Zebra', category: bags, price: pounds(4) }
    expect(similarTo(fresh, shop, 2)).toEqual(similarTo(fresh, [...shop, fresh], 2))
    expect(similarTo(fresh, shop).map(({ product }) => product)).toEqual(['c', 'a', 'b'])
  })

  it('is found for a stranger to the index, whose words nobody has', () => {
    const stranger = { id: 'z', name: 'Xylophone', category: kitchen, price: pounds(1) }
    const places = similarityIndex(shop).similarTo(stranger)
    expect(places.map(({ product }) => product)).toEqual([4, 3])
  })

  it('is found for a stranger to every category', () => {
    const stranger = { id: 'z', name: 'Owl', category: { slug: 'new', name: 'New' }, price: pounds(4) }
    expect(similarityIndex(shop).similarTo(stranger)).toMatchObject([{ product: 2 }])
  })
})

describe('the lists of all products', () => {
  it('are what each product asked for alone would get', () => {
    const lists = [...namedSimilarLists(similarLists(shop, 2), shop)]
    expect(lists).toEqual(shop.map((product) => ({ product: product.id, similar: similarTo(product, shop, 2) })))
  })
})
