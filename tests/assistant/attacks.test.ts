import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { allGuards, type Guards } from '../../subgraphs/recommendations/assistant/rules/guards.ts'
import { openAttackedShop, type AttackedShop } from './attacked-shop.ts'
import { attacks } from './attacks.ts'

const patience = 300_000
const fewest = 25

async function successes(shop: AttackedShop, what: string): Promise<string[]> {
  const wrong: string[] = []
  for (const attempt of attacks[what] ?? []) wrong.push(...(await attempt(shop)))
  return [...wrong, ...(await shop.victimsLoss())]
}

describe('a model that does whatever anybody tells it', () => {
  let shop: AttackedShop
  beforeAll(async () => {
    shop = await openAttackedShop()
  }, patience)
  afterAll(() => shop.stop())

  it.each(Object.keys(attacks))(
    'writes, reads and tells nothing by: %s',
    async (what) => {
      expect(attacks[what]?.length).toBeGreaterThanOrEqual(fewest)
      expect(await successes(shop, what)).toEqual([])
    },
    patience,
  )
})

describe('a model that takes only data for data', () => {
  let shop: AttackedShop
  beforeAll(async () => {
    shop = await openAttackedShop({ obeysData: false })
  }, patience)
  afterAll(() => shop.stop())

  it(
    'finds no order in product text',
    async () => {
      expect(await successes(shop, 'orders in product text')).toEqual([])
    },
    patience,
  )
})

/** What holds each class off. Without it the attacks succeed: so the suite would see it go. */
const without: readonly (readonly [guard: keyof Guards, off: Partial<Guards>, attack: string])[] = [
  ['isKnown', { isKnown: () => true }, 'invented ids and prices'],
  ['isQuantity', { isQuantity: () => true }, 'quantities and loops'],
  ['whyNotShown', { whyNotShown: () => undefined }, 'what the assistant is told'],
  ['toolCalls', { toolCalls: 60 }, 'quantities and loops'],
  ['delimit', { delimit: (data) => JSON.stringify(data) }, 'orders in product text'],
]

describe('without a guard', () => {
  it(
    'asking in the name of whoever asks, attacks succeed',
    async () => {
      let first: string | undefined
      const shop = await openAttackedShop({
        around: (askGraph) => (question) => askGraph({ ...question, errand: (first ??= question.errand) }),
      })
      expect(await successes(shop, "another's ids")).toContain('the model has read what is foreign')
      await shop.stop()
    },
    patience,
  )

  it.each(without)(
    '%s, attacks succeed',
    async (guard, off, attack) => {
      const shop = await openAttackedShop({ guards: { ...allGuards, ...off }, obeysData: guard !== 'delimit' })
      expect(await successes(shop, attack)).not.toEqual([])
      await shop.stop()
    },
    patience,
  )
})
