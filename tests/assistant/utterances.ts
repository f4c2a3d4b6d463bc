import { readFileSync } from 'node:fs'

import type { Category, Remembered, Step } from '../../subgraphs/recommendations/assistant/planner/plan.ts'

/** One line of utterances.txt. */
export interface Utterance {
  readonly said: string
  readonly after: string | undefined
  readonly expected: readonly Step[]
  /** No rule is made to fit it. */
  readonly heldAside: boolean
}

const product = (at: number, name: string, price: number) => ({
  productId: `p${at}`,
  variantId: `v${at}`,
  name,
  price,
})

const bags = [
  product(1, 'Jumbo Bag Red Retrospot', 208),
  product(2, 'Lunch Bag Red Retrospot', 165),
  product(3, 'Jumbo Bag Pink Polkadot', 208),
]

/** What was said and shown before. */
export const contexts: Readonly<Record<string, Remembered>> = {
  none: { shown: [], hasProposal: false },
  bags: { shown: bags, lastSearch: { text: 'red retrospot bag' }, hasProposal: false },
  proposed: { shown: bags, lastSearch: { text: 'red retrospot bag' }, hasProposal: true },
  one: {
    shown: [product(1, 'Regency Cakestand 3 Tier', 1_275)],
    lastSearch: { text: 'cakestand' },
    hasProposal: false,
  },
  mugs: {
    shown: [
      product(1, 'Ceramic Tea Set 11 Piece', 495),
      product(2, 'Red Retrospot Mug', 295),
      product(3, 'Blue Polkadot Mug', 295),
      product(4, 'Pink Polkadot Mug', 295),
    ],
    lastSearch: { category: 'mugs-and-tea', maxPrice: 500 },
    hasProposal: false,
  },
}

const everyFifth = 5

export function readUtterances(): Utterance[] {
  const lines = readFileSync(new URL('utterances.txt', import.meta.url), 'utf8').split('\n')
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line, at) => {
      const [left = '', right = ''] = line.split(' = ')
      const [before, said = left] = left.includes(' > ') ? left.split(' > ') : [undefined]
      const expected = right === 'nothing' ? [] : right.split(' ; ').map(stepOf)
      return { said, after: before, expected, heldAside: (at + 1) % everyFifth === 0 }
    })
}

function stepOf(written: string): Step {
  const [verb, ...rest] = written.trim().split(' ')
  switch (verb) {
    case 'search':
      return { tool: 'searchProducts', args: JSON.parse(`{${pairs(written.slice('search'.length))}}`) as object }
    case 'details':
      return { tool: 'productDetails', args: { productIds: rest } }
    case 'recommend': {
      const [basis = '', ...productIds] = rest
      const args = { basis: basis as 'CART', ...(productIds.length > 0 && { productIds }) }
      return { tool: 'recommend', args }
    }
    case 'cart':
      return { tool: 'viewCart', args: {} }
    case 'order':
      return { tool: 'orderStatus', args: JSON.parse(`{${pairs(written.slice('order'.length))}}`) as object }
    case 'propose':
      return { tool: 'proposeCartChange', args: { lines: rest.map(lineOf) } }
    default:
      throw new Error(`no such call: ${written}`)
  }
}

function pairs(text: string): string {
  return [...text.matchAll(/(\w+):("[^"]*"|\d+)/g)].map(([, name, value]) => `"${name}":${value}`).join(',')
}

function lineOf(written: string) {
  const [of = '', quantity] = written.split('*')
  return { variantId: of.replace(/^p/, 'v'), quantity: Number(quantity) }
}

/** As the shop has them. */
export const categories: readonly Category[] = [
  ['christmas', 'Christmas'],
  ['easter', 'Easter'],
  ['party', 'Party'],
  ['cards-and-wrap', 'Cards & Gift Wrap'],
  ['stationery', 'Stationery'],
  ['craft-and-sewing', 'Craft & Sewing'],
  ['toys-and-games', 'Toys & Games'],
  ['children', 'Children'],
  ['bags-and-travel', 'Bags & Travel'],
  ['jewellery', 'Jewellery & Accessories'],
  ['mugs-and-tea', 'Mugs & Tea'],
  ['tableware', 'Tableware'],
  ['kitchen', 'Kitchen'],
  ['baking', 'Baking & Cake'],
  ['storage', 'Tins, Jars & Storage'],
  ['candles', 'Candles & Scent'],
  ['lighting', 'Lights & Lanterns'],
  ['decorations', 'Decorations'],
  ['signs-and-wall-art', 'Signs & Wall Art'],
  ['clocks-and-frames', 'Clocks, Mirrors & Frames'],
  ['furniture', 'Furniture & Fittings'],
  ['soft-furnishings', 'Cushions & Comforts'],
  ['garden', 'Garden, Picnic & Pets'],
  ['bath-and-beauty', 'Bath & Beauty'],
  ['other', 'Curiosities'],
].map(([slug = '', name = '']) => ({ slug, name }))
