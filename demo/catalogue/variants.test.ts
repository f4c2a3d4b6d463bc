import { describe, expect, it } from 'vitest'
import { groupVariants } from './variants.ts'

const rules = {
  options: [
    { name: 'Size', values: ['Small', 'Large'], price: 'grows' as const, fewest: 2 },
    { name: 'Colour', values: ['Blue', 'Sky Blue', 'Red'], price: 'alike' as const, fewest: 2 },
  ],
}

/** The groups that come of these names and prices, as `name: values`. */
function groupsOf(...things: [name: string, price: number][]): string[] {
  const items = things.map(([name, price], index) => ({ index, code: String(index), name, price }))
  return groupVariants(items, rules).map(
    ({ name, members }) =>
      `${name}: ${members.map(({ values }) => values.map(({ value }) => value).join(' ')).join(', ')}`,
  )
}

describe('items that are variants of one product', () => {
  it('are those whose names differ only in a colour, at one price', () => {
    expect(groupsOf(['Red Mug', 100], ['Blue Mug', 100], ['Red Plate', 100])).toEqual(['Mug: Blue, Red', 'Red Plate: '])
  })

  it('may differ in size when the price does not fall as the size grows', () => {
    expect(groupsOf(['Large Bowl', 200], ['Small Bowl', 100])).toEqual(['Bowl: Small, Large'])
    expect(groupsOf(['Large Bowl', 100], ['Small Bowl', 200])).toEqual(['Large Bowl: ', 'Small Bowl: '])
  })

  it('may differ in both, when every combination is there', () => {
    const grid: [string, number][] = [
      ['Small Red Tin', 100],
      ['Small Blue Tin', 100],
      ['Large Red Tin', 150],
      ['Large Blue Tin', 150],
    ]
    expect(groupsOf(...grid)).toEqual(['Tin: Small Blue, Small Red, Large Blue, Large Red'])
  })

  it('are not those of different prices, of two colours at once, or of the same colour twice', () => {
    expect(groupsOf(['Red Mug', 100], ['Blue Mug', 300])).toHaveLength(2)
    expect(groupsOf(['Red Blue Mug', 100], ['Blue Mug', 100])).toHaveLength(2)
    expect(groupsOf(['Red Mug', 100], ['Mug Red', 100])).toHaveLength(2)
  })

  it('take the longer of two colours that begin alike', () => {
    expect(groupsOf(['Sky Blue Mug', 100], ['Blue Mug', 100])).toEqual(['Mug: Blue, Sky Blue'])
  })
})
