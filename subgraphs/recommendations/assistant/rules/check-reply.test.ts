import { describe, expect, it } from 'vitest'

import { instructions } from '../instructions.ts'
import type { ToolFacts } from '../tools/facts.ts'
import { whyNotShown } from './check-reply.ts'
import type { LookUp, ReplyInQuestion } from './reply/reply.ts'

const pounds = (amount: number) => ({ amount, currency: 'GBP' })
const variant = (price: number, available: number) => [
  { variantId: 'v', name: 'One size', price, currency: 'GBP', available },
]

const mugs: ToolFacts = {
  kind: 'PRODUCTS',
  search: { text: 'mug', maxPrice: 499 },
  total: 14,
  products: [
    {
      ...{ productId: 'a', name: 'Red Retrospot Mug', category: 'Kitchen' },
      description: 'Holds 250 ml, 9.5 cm high. Now only £0.01!',
      variants: variant(295, 120),
      explanation: 'In 31 of 640 baskets with Set of 3 Cake Tins',
    },
    { productId: 'b', name: 'Penny Farthing Mug 2.0', description: 'Made of two parts.', variants: variant(310, 5) },
  ],
}
const cart: ToolFacts = {
  kind: 'CART',
  lines: [{ name: 'Lunch Bag', quantity: 6, total: pounds(990) }],
  subtotal: pounds(990),
}
const orders: ToolFacts = {
  ...{ kind: 'ORDERS', signedIn: true, asked: 'SK-7ZQ4M0XT' },
  orders: [
    {
      ...{ number: 'SK-7ZQ4M0XT', status: 'CONFIRMED', placedAt: '2026-11-29T10:00:00.000Z' },
      total: pounds(1_275),
      items: ['1 × Regency Cakestand 3 Tier'],
    },
  ],
}
const proposal: ToolFacts = {
  ...{ kind: 'PROPOSAL', token: 't', expiresAt: '2026-11-29T10:10:00.000Z' },
  lines: [{ variantId: 'v', productId: 'a', name: 'Red Retrospot Mug', quantity: 2, price: pounds(295) }],
}
const unknown: ToolFacts = { kind: 'REFUSED', why: 'UNKNOWN_ID' }

type Told = Partial<ReplyInQuestion>
function whyNot(text: string, told: Told = {}): string | undefined {
  const lookUps: readonly LookUp[] = ['ANYTHING']
  const said = 'do you have mugs under £5?'
  return whyNotShown({ said, facts: [mugs], isKnown: () => false, lookUps, prompt: instructions([]), ...told, text })
}

describe('a reply is shown that', () => {
  it.each<[string, Told?]>([
    ['There is the Red Retrospot Mug for £2.95 and the Penny Farthing Mug 2.0 for £3.10.'],
    ['I found 14 mugs under £5. The first two:\n1. Red Retrospot Mug, £2.95\n2. Penny Farthing Mug 2.0, £3.10'],
    ['1. Red Retrospot Mug: £ 2.95\n2. Penny Farthing Mug 2.0: 310 pence'],
    ['Red Retrospot Mug: 2.95 pounds, 120 in stock, 9.5 cm high, in 31 of 640 baskets.'],
    ['Six of the Red Retrospot Mug come to £17.70.', { facts: [mugs, cart] }],
    ['One of each comes to £6.05.'],
    ['Which of the two do you like better?'],
    ['Would you like me to propose it for your cart?'],
    ["I'm sorry, I can't find any unicorns. There are mugs."],
    ['You can put it into your cart yourself.'],
    [
      'I propose to put 2 × Red Retrospot Mug into your cart, £5.90 in all. Accept it within 10 minutes.',
      { facts: [proposal] },
    ],
    ['Nothing has been put into your cart yet: accept the proposal.', { facts: [proposal] }],
    ['There are 6 Lunch Bags in your cart, £9.90 in all.', { facts: [cart], lookUps: ['CART'] }],
    ['Order SK-7ZQ4M0XT of 29 November 2026 is confirmed: £12.75.', { facts: [orders], lookUps: ['ORDERS'] }],
    ['Der Becher kostet £2.95.'],
    ['What would you like to see?', { facts: [], lookUps: [] }],
    ['Good day 👋', { facts: [], lookUps: [] }],
  ])('%s', (text, told) => {
    expect(whyNot(text, told)).toBeUndefined()
  })
})

const money = [
  ...[
    '£0.01',
    '£ 0.01',
    '£\u00a00.01',
    '0.01 £',
    '$0.01',
    '€0.01',
    '1 quid',
    '£.01',
    '￡0.01',
    '£０.０１',
    'one penny',
  ],
  ...['a penny', '1p', '1 pence', 'GBP 0.01', 'GBP0.01', '0.01GBP', '0,01', '£0,01', '£0.001', '0.01', 'one pound'],
  ...[
    'CHF 2.95',
    '2.95 JPY',
    '¥295',
    '₤2.95',
    '£½',
    '£٠.٠١',
    '£①',
    '50 % off',
    'half price',
    'free of charge',
    '1 each',
  ],
  ...['two pounds', '£-2', '£1.11', '£295', '£2.95.1', '2 fivers', 'ten pence', '3'],
]

describe('a price that no tool returned is not shown, written as', () => {
  it.each(money)('%s', (price) => {
    for (const text of [`The mug is ${price} today.`, `The mug costs ${price}.`, `Only ${price}!`])
      expect([text, whyNot(text)]).toEqual([text, expect.any(String)])
  })

  it('a limit, where the shopper has named none, or nothing was searched by it', () => {
    expect(whyNot('The mug is under £4.')).toBe('it names a price that no tool returned')
    expect(whyNot('The mug is £5.')).toBe('it names a price that no tool returned')
    const search = { ...mugs, search: { minPrice: 1, maxPrice: 2 } }
    expect(whyNot('The mug is £0.01.', { facts: [search] })).toBe('it names a price that no tool returned')
    expect(whyNot('Yours for less than £0.02.', { facts: [search] })).toBe('it names a price that no tool returned')
  })

  it('an amount of an earlier turn', () => {
    expect(whyNot('It is £2.95.', { facts: [cart] })).toBe('it names a price that no tool returned')
  })
})

describe('a reply is not shown that', () => {
  it.each<[what: string, text: string, told?: Told]>([
    ...[
      'Pay at evil.example/pay',
      'Pay at ftp://evil.example/pay',
      'Pay [here](//evil.example/pay)',
      'Pay [here][1]',
      'Write to mailto:me',
      'Write to me@evil',
      'See evil。example',
      'See evil . example',
      'See evil[.]example',
      'See evil dot example',
      'Go to /checkout',
      'Call tel:112',
      'Call +44 7700 900123',
      'Ping 10.0.0.1',
      'javascript:alert(1)',
      '<img src=x>',
      '![](x)',
      '&lt;b&gt;',
      `The key is ${'aZ0'.repeat(20)}`,
    ].map((text): [string, string] => ['leads elsewhere', text]),
    ['repeats', 'You are x the shopping x assistant of x Souk a gift x shop Answer x in a few x plain sentences'],
    ['repeats', 'Y o u a r e t h e s h o p p i n g a s s i s t a n t o f S o u k a g i f t s h o p'],
    ['repeats', 'YouAreTheShopping AssistantOfSoukAGift Shop'],
    ['repeats', 'shop gift a Souk of assistant shopping the are You'],
    ...[
      'I have put the mug into your cart and paid for it with your card.',
      'I put the mug into your cart.',
      "I've just added it.",
      'I went ahead and ordered it.',
      'The mug has been added to your basket.',
      'It is already in your cart, and paid.',
      "It's in your cart, anything else?",
      'Added to your cart.',
      'Done, ordered.',
      'Your payment went through.',
      'Your order is cancelled.',
    ].map((text): [string, string] => ['claims', text]),
    ['claims', 'Order SK-AAAABBBB is confirmed.', { facts: [orders] }],
    ['claims', 'Order SK-7ZQ4M0XT was delivered yesterday.', { facts: [orders] }],
    ['claims', 'I have cancelled order SK-7ZQ4M0XT.', { facts: [orders] }],
    ['refuses', "I'm sorry, I can't help with that."],
    ['refuses', 'I’m sorry, but I cannot assist you with this request.'],
    ['refuses', 'As an AI language model I know no mugs.'],
    ['refuses', 'I must decline.'],
    ['is nonsense', 'mug mug mug'],
    ['is nonsense', 'the mug and the mug and the mug and the mug and'],
    ['is nonsense', 'x'.repeat(50)],
    ['is nonsense', 'Mugs aaaaaaaaaa'],
    ['is nonsense', 'I call searchProducts now.'],
    ['is nonsense', '{"name": "search"}'],
    ['is nonsense', 'Mugs \ufffd\ufffd'],
    ['makes up a number', '12 unicorns are in stock.'],
    ['makes up a number', 'Your cart holds three golden elephants.', { facts: [cart] }],
  ])('%s: %s', (_what, text, told) => {
    expect(whyNot(text, told)).toEqual(expect.any(String))
  })
})

describe('what was not looked up in this turn is not told', () => {
  it('where there is something to look up, or it was refused', () => {
    expect(whyNot('Of course there are mugs.', { facts: [] })).toBe('it has looked nothing up')
    expect(whyNot('Of course there are mugs.', { facts: [unknown] })).toBe('it has looked nothing up')
    expect(whyNot('There are mugs.', { lookUps: ['CART'] })).toBe('it has looked nothing up')
    expect(whyNot('It is on its way.', { lookUps: ['ORDERS'] })).toBe('it has looked nothing up')
  })

  it.each(['Unicorns are in stock.', 'There are unicorns.', 'Your cart is empty.', 'I know 12 of them.'])(
    'where the rules see nothing to look up: %s',
    (text) => {
      expect(whyNot(text, { facts: [], lookUps: [] })).toBe('it tells what it has not looked up')
    },
  )
})
