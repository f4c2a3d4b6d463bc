import { readFileSync } from 'node:fs'

import type {
  Category,
  Remembered,
  ShownProduct,
  Step,
} from '../../subgraphs/recommendations/assistant/planner/plan.ts'

/** One line of a list of utterances. */
export interface Utterance {
  readonly said: string
  readonly after: string | undefined
  readonly expected: readonly Step[]
  /** Why nothing is called, where the line says it. */
  readonly topic: string | undefined
  /** No rule is made to fit it. */
  readonly heldAside: boolean
}

const product = (at: number, name: string, price: number): ShownProduct => ({
  ...{ productId: `p${at}`, name },
  variants: [{ variantId: `v${at}`, name: 'One size', price }],
})

/** The first variant is a, the second b. */
const inVariants = (at: number, name: string, variants: readonly (readonly [string, number])[]): ShownProduct => ({
  ...{ productId: `p${at}`, name },
  variants: variants.map(([of, price], place) => ({ variantId: `v${at}${'abc'.charAt(place)}`, name: of, price })),
})

const bags = [
  product(1, 'Jumbo Bag Red Retrospot', 208),
  product(2, 'Lunch Bag Red Retrospot', 165),
  product(3, 'Jumbo Bag Pink Polkadot', 208),
]

const apron = inVariants(1, 'Apron Modern Vintage', [
  ['Small, red', 595],
  ['Large, red', 695],
  ['Small, blue', 595],
])
const aprons = [
  apron,
  inVariants(2, 'Oven Glove Retro Spot', [
    ['Red', 250],
    ['Blue', 250],
  ]),
  product(3, 'Tea Towel Set', 495),
]

/** What was said and shown before. */
export const contexts: Readonly<Record<string, Remembered>> = {
  none: { shown: [], hasProposal: false },
  bags: { shown: bags, lastSearch: { text: 'red retrospot bag' }, hasProposal: false },
  proposed: { shown: bags, lastSearch: { text: 'red retrospot bag' }, hasProposal: true },
  aprons: { shown: aprons, hasProposal: false },
  /** Which apron, the assistant has asked. */
  asked: { shown: aprons, focus: apron, hasProposal: false },
  /** Which apron, where two of it and a tea towel set were asked for. */
  both: {
    ...{ shown: aprons, focus: apron, hasProposal: false },
    pending: { quantity: 2, settled: [{ variantId: 'v3', quantity: 1 }] },
  },
  /** The last page of it has been shown. */
  end: { shown: bags, lastSearch: { text: 'retrospot bag', page: 3 }, total: 13, hasProposal: false },
  /** So much has been shown of a long list. */
  far: { shown: bags, lastSearch: { text: 'bag', page: 10 }, total: 900, hasProposal: false },
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

/** All that is expected to be understood. Of the first list every fifth line is held aside, of the others none, or all. */
export function readUtterances(): Utterance[] {
  return [
    ...linesOf('utterances.txt').map((line, at) => ({ ...utteranceOf(line), heldAside: (at + 1) % everyFifth === 0 })),
    ...linesOf('utterances-of-a-review.txt').map((line) => ({ ...utteranceOf(line), heldAside: false })),
    ...linesOf('utterances-held-aside.txt').map((line) => ({ ...utteranceOf(line), heldAside: true })),
  ]
}

function linesOf(file: string): string[] {
  const lines = readFileSync(new URL(file, import.meta.url), 'utf8').split('\n')
  return lines.filter((line) => line !== '' && !line.startsWith('#'))
}

function utteranceOf(line: string): Omit<Utterance, 'heldAside'> {
  const [left = '', right = ''] = line.split(' = ')
  const [before, said = left] = left.includes(' > ') ? left.split(' > ') : [undefined]
  const [, isNothing, topic] = /^(nothing)(?: (\w+))?$/.exec(right) ?? []
  const expected = isNothing === undefined ? right.split(' ; ').map(stepOf) : []
  return { said, after: before, expected, topic }
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
