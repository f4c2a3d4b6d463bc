import { describe, expect, test } from 'vitest'

import { createProductIndex, type IndexedProduct } from './product-index.ts'

function product(id: string, name: string, more: Partial<IndexedProduct> = {}): IndexedProduct {
  return { id, name, description: '', category: 'Home', skus: [`SKU-${id}`], options: [], ...more }
}

const shelf = [
  product('clock', 'Alarm Clock Bakelike', { options: ['Red', 'Pink'] }),
  product('lantern', 'Paper Lantern', { description: 'Lights up the garden.' }),
  product('lights', 'Christmas Lights', { category: 'Christmas' }),
  product('bauble', 'Glass Bauble', { category: 'Christmas' }),
  product('towel', 'Tea Towel Classic', { skus: ['85123A', '85123B'] }),
  product('holder', 'T-Light Holder'),
  product('candle', 'Candle Holder'),
  product('candelabra', 'Candelabra Holder'),
  product('code', 'Something like 85123a'),
]

function filled() {
  const index = createProductIndex()
  for (const each of shelf) index.put(each.id, 1, each)
  return index
}

function found(text: string): string[] {
  return filled()
    .search(text)
    .hits.map(({ id }) => id)
}

describe('a search for a name that has', () => {
  const named = {
    turkish: 'Kırıkçı Cup',
    german: 'Große Straße',
    nordic: 'Smørbrød Plate',
    polish: 'Łódź Vase',
    icelandic: 'Þór Hammer',
    istanbul: 'İstanbul Tray',
    coffee: '☕',
    mug: 'Mug ☕',
    plus: 'C++',
    sharp: 'C# for cooks',
    letter: 'C',
    loud: '!!!',
    tea: '茶',
  }
  const index = createProductIndex()
  for (const [id, name] of Object.entries(named)) index.put(id, 1, product(id, name))
  const best = (text: string) => index.search(text).hits.map(({ id }) => id)

  test.each([
    ['kırıkçı', ['turkish']],
    ['kirikci', ['turkish']],
    ['KIRIKÇI', ['turkish']],
    ['grosse strasse', ['german']],
    ['GROSSE', ['german']],
    ['große', ['german']],
    ['smorbrod', ['nordic']],
    ['lodz', ['polish']],
    ['thor', ['icelandic']],
    ['istanbul', ['istanbul']],
    ['İSTANBUL', ['istanbul']],
    ['☕', ['coffee', 'mug']],
    ['☕️ mug', ['mug']],
    ['c++', ['plus']],
    ['C#', ['sharp']],
    ['!!!', ['loud']],
    ['plate !!!', ['nordic']],
    ['茶', ['tea']],
  ])('%s finds what is named so', (text, ids) => {
    expect(best(text)).toEqual(ids)
  })
})

describe('a search', () => {
  test.each([
    ['every word', 'paper lantern', ['lantern']],
    ['the beginning of a word', 'lant', ['lantern']],
    ['another case and accents', 'LÁNTERN', ['lantern']],
    ['a plural', 'alarm clocks', ['clock']],
    ['a missing letter', 'lanten', ['lantern']],
    ['a wrong letter', 'bakelike alerm', ['clock']],
    ['two letters exchanged', 'alram clock', ['clock']],
    ['a missing space', 'teatowel', ['towel']],
    ['a missing hyphen', 'tlight', ['holder']],
    ['an option', 'pink clock', ['clock']],
    ['the description', 'garden', ['lantern']],
    ['the beginning of a SKU', '85123', ['towel', 'code']],
  ])('finds by %s', (_what, text, expected) => {
    expect(found(text).toSorted()).toEqual(expected.toSorted())
  })

  test('puts the name before the category', () => {
    expect(found('christmas')).toEqual(['lights', 'bauble'])
  })

  test('puts the product of an exact SKU first, whatever the case', () => {
    expect(found(' 85123a ')).toEqual(['towel', 'code'])
  })

  test('forgives a mistake also where it is the beginning of another word', () => {
    expect(found('candel holder').toSorted()).toEqual(['candelabra', 'candle'])
  })

  test('forgives words that it knows only where they do not meet in one product', () => {
    expect(filled().search('glass bauble').mode).toBe('STRICT')
    expect(filled().search('paper lanten').mode).toBe('STRICT')
    // "light" and "towel" are words of the shop; together they are of no product.
    expect(filled().search('light towel').mode).toBe('ANY_WORD')
  })

  test('finds what has any word where nothing has all', () => {
    expect(found('paper unicorn')).toEqual(['lantern'])
  })

  test.each(['', '!!!', 'xyzzyqwert', 'é'])('of %j finds nothing', (text) => {
    expect(filled().search(text)).toEqual({ mode: 'STRICT', hits: [] })
  })

  test('in a given mode stays in it', () => {
    const index = filled()
    expect(index.search('paper unicorn', 'STRICT').hits).toEqual([])
    expect(index.search('paper lantern', 'ANY_WORD').mode).toBe('ANY_WORD')
  })

  test('orders equals by id', () => {
    const index = createProductIndex()
    for (const id of ['b', 'c', 'a']) index.put(id, 1, product(id, 'Twin'))
    expect(index.search('twin').hits.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })
})

describe('the index', () => {
  test('takes the newest version, in whatever order they come', () => {
    const index = createProductIndex()
    index.put('one', 2, product('one', 'Teapot', { skus: ['NEW'] }))
    index.put('one', 1, product('one', 'Kettle', { skus: ['OLD'] }))
    index.put('one', 2, product('one', 'Saucepan'))
    expect(index.search('teapot').hits).toHaveLength(1)
    expect(index.search('kettle').hits).toEqual([])
    expect(index.search('saucepan').hits).toEqual([])
  })

  test('forgets a name and a SKU that changed', () => {
    const index = createProductIndex()
    index.put('one', 1, product('one', 'Kettle', { skus: ['OLD-1'] }))
    index.put('one', 2, product('one', 'Teapot', { skus: ['NEW-1'] }))
    expect(index.search('kettle').hits).toEqual([])
    expect(index.search('OLD-1', 'STRICT').hits).toEqual([])
    expect(index.search('NEW-1').hits).toHaveLength(1)
  })

  test('lets go of what is taken out, and takes it back', () => {
    const index = createProductIndex()
    index.put('one', 1, product('one', 'Kettle'))
    index.put('one', 2, undefined)
    expect(index.search('kettle').hits).toEqual([])
    expect(index.search('SKU-one').hits).toEqual([])
    index.put('one', 3, product('one', 'Kettle'))
    expect(index.search('kettle').hits).toHaveLength(1)
    index.put('two', 1, undefined)
    expect(index.search('kettle').hits).toHaveLength(1)
  })
})
