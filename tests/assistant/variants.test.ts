import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { newUuid } from '../../platform/ids.ts'
import { product } from '../support/products.ts'
import type { Json } from '../support/shopping.ts'
import { openAssistedShop, type AssistedShop } from './shop.ts'

const kinds: readonly (readonly [name: string, price: number])[] = [
  ['Small, Red', 595],
  ['Large, Red', 695],
  ['Small, Blue', 550],
]
const apron = product('Apron Modern Vintage', {
  variants: kinds.map(([name, price]) => ({
    ...{ id: newUuid(), sku: name.toUpperCase().replace(', ', '-'), name: `Apron Modern Vintage, ${name}`, price },
    ...{ options: [{ name: 'Kind', value: name }], initialStock: 5 },
  })),
})

let shop: AssistedShop
beforeAll(async () => {
  shop = await openAssistedShop({}, [apron])
})
afterAll(() => shop.stop())

const namesIn = ({ proposal }: Json): string[] => proposal?.lines.map(({ variant }: Json) => variant.name) ?? []

describe('what is to be had in several variants', () => {
  it('is asked about, and proposed by its name with all that was said before', async () => {
    const guest = await shop.guest()
    const asked = await shop.ask(guest, 'add two apron modern vintage to my cart')
    expect(asked.proposal).toBeNull()
    expect(asked.message).toContain('Which Apron Modern Vintage do you mean?')
    expect(asked.message).toContain('Large, Red, £6.95')
    const red = await shop.ask(guest, 'the red one', asked.conversationId)
    expect(red).toMatchObject({ proposal: null, message: expect.stringContaining('Which') as string })
    const large = await shop.ask(guest, 'large please', asked.conversationId)
    expect(namesIn(large)).toEqual(['Apron Modern Vintage, Large, Red'])
    expect(large.proposal.lines).toMatchObject([{ quantity: 2 }])
    expect(large.message).toContain('2 × Apron Modern Vintage (Large, Red), £6.95')
  })

  it('is proposed at once where the words decide', async () => {
    const guest = await shop.guest()
    const small = await shop.ask(guest, 'add a small blue apron modern vintage to my cart')
    expect(namesIn(small)).toEqual(['Apron Modern Vintage, Small, Blue'])
    const cheapest = await shop.ask(guest, 'buy the cheapest apron')
    expect(namesIn(cheapest)).toEqual(['Apron Modern Vintage, Small, Blue'])
  })

  it('is listed with what there is of it', async () => {
    const found = await shop.ask(await shop.guest(), 'show me aprons')
    expect(found.message).toContain('Apron Modern Vintage, from £5.50: Small, Blue; Small, Red; Large, Red')
  })
})

describe('a list', () => {
  it('has an end, which is said', async () => {
    const guest = await shop.guest()
    const { conversationId } = await shop.ask(guest, 'show me retrospot bags')
    const more = await shop.ask(guest, 'show me more', conversationId)
    expect(more.message).toBe('There are no more: I have shown you all of them.')
    expect((await shop.ask(guest, 'the first one', conversationId)).proposal).not.toBeNull()
  })

  it.each(['the first 1000000000 please', 'the first 30000000', 'the last 5000000000', 'number 99999999999999999999'])(
    'is never made longer by what is said: %s',
    async (said) => {
      const guest = await shop.guest()
      const { conversationId } = await shop.ask(guest, 'show me retrospot bags')
      const reply = await shop.ask(guest, said, conversationId)
      expect(reply).toMatchObject({ proposal: null, message: 'I have not shown as many as that.' })
    },
  )
})

describe('words that are too long, and limits that are too high', () => {
  it.each([
    ['a word of 300 letters', 'a'.repeat(300), 'I found nothing'],
    ['300 letters of two units', '\u{1d49c}'.repeat(300), 'I found nothing'],
    ['a price over all prices', 'mugs over £99999999999999999999', 'I found nothing'],
    ['a price under all others', 'mugs over 5 pounds and under 3 pounds', 'No price is above'],
  ])('are searched by, or said not to do: %s', async (_what, said, answer) => {
    expect((await shop.ask(await shop.guest(), said)).message).toContain(answer)
  })
})

describe('what was proposed and is not wanted after all', () => {
  it('is said to lapse, and what is in the cart is shown', async () => {
    const guest = await shop.guest()
    const { conversationId } = await shop.ask(guest, 'add a jumbo bag red retrospot to my cart')
    const undone = await shop.ask(guest, 'cancel that', conversationId)
    expect(undone.message).toContain('a proposal that you do not accept lapses')
    expect(undone.message).toContain('Your cart is empty.')
  })
})

describe('another currency', () => {
  it('is said not to be that of the shop', async () => {
    expect((await shop.ask(await shop.guest(), 'a mug under 5 euros')).message).toContain('Prices are in pounds here')
  })
})
