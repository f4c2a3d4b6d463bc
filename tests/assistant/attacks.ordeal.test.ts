import { decodeJwt, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ProposalClaims } from '../../contracts/proposal.ts'
import { proposalGuards, type ProposalGuards } from '../../subgraphs/cart/proposals.ts'
import { allGuards, type Guards } from '../../subgraphs/recommendations/assistant/rules/guards.ts'
import { replyRules, whyNotShown } from '../../subgraphs/recommendations/assistant/rules/check-reply.ts'
import { openAttackedShop, type AttackedShop } from './attacked-shop.ts'
import { attacks } from './attacks.ts'

const patience = 300_000
const fewest = 25

async function successes(shop: AttackedShop, what: string): Promise<string[]> {
  const wrong: string[] = []
  for (const attempt of attacks[what] ?? []) wrong.push(...(await attempt(shop)))
  return [...wrong, ...(await shop.victimsLoss())]
}

/** What goes wrong by the first of them that succeeds. */
async function firstSuccess(shop: AttackedShop, what: string): Promise<readonly string[]> {
  for (const attempt of attacks[what] ?? []) {
    const wrong = await attempt(shop)
    if (wrong.length > 0) return wrong
  }
  return []
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
  ['ownerOf', { ownerOf: theFirst() }, 'a deputy across sessions'],
  ['turn', { turn: 60_000 }, 'quantities and loops'],
  ['turnsPerMinute', { turnsPerMinute: 1_000 }, 'quantities and loops'],
  ['argumentsOf', { argumentsOf: (schema) => schema.loose() }, "another's ids"],
]

/** The rules of replies for which there is a class of their own, each left out alone. */
const withoutRule: readonly (readonly [rule: keyof typeof replyRules, attack: string])[] = [
  ['pricesAreTold', 'invented ids and prices'],
  ['idsAreKnown', 'invented ids and prices'],
  ['linksNowhere', 'what the assistant is told'],
  ['keepsInstructions', 'what the assistant is told'],
  ['claimsNothing', 'a deputy across sessions'],
]

function allBut(rule: string): Guards['whyNotShown'] {
  const others = Object.fromEntries(Object.entries(replyRules).filter(([name]) => name !== rule))
  return (reply) => whyNotShown(reply, others)
}

/** Everybody is taken for whoever has asked first. */
function theFirst(): Guards['ownerOf'] {
  let first: ReturnType<Guards['ownerOf']> | undefined
  return (viewer) => (first ??= allGuards.ownerOf(viewer))
}

const { verify, accept } = proposalGuards
const again = 'a proposal again'
const forged = 'a forged or altered proposal'

/** What cart checks of a proposal, and how it is checked no more. */
const withoutAtCart: readonly (readonly [check: string, off: Partial<ProposalGuards>, attack: string])[] = [
  ['who has signed it', { verify: async (token, by) => verify(await signedAnew(token, by.key), by) }, forged],
  ['its age and end', { verify: (token, { key }) => verify(token, { key, now: whenSigned(token) }) }, forged],
  ['its lines', { read: (said) => said as ProposalClaims }, forged],
  ['whose it is', { isFor: () => true }, again],
  [
    'its prices',
    { accept: (cart, proposal, offers) => accept(cart, { ...proposal, atItsPrices: true }, offers) },
    forged,
  ],
  [
    'that it works once',
    { accept: (cart, ...rest) => accept({ ...cart, done: { ...cart.done, proposals: [] } }, ...rest) },
    again,
  ],
]

function signedAnew(token: string, key: Uint8Array): Promise<string> {
  return new SignJWT(decodeJwt(token)).setProtectedHeader({ alg: 'HS256' }).sign(key)
}

function whenSigned(token: string): Date {
  return new Date((decodeJwt(token).iat ?? 0) * 1_000)
}

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

  it(
    'asking as the shopper in place of on an errand, attacks succeed',
    async () => {
      const shop = await openAttackedShop({ asClient: true })
      expect(await firstSuccess(shop, 'a deputy across sessions')).not.toEqual([])
      await shop.stop()
    },
    patience,
  )

  it.each(withoutRule)(
    'of replies (%s), attacks succeed',
    async (rule, attack) => {
      const shop = await openAttackedShop({ guards: { ...allGuards, whyNotShown: allBut(rule) } })
      expect(await firstSuccess(shop, attack)).not.toEqual([])
      await shop.stop()
    },
    patience,
  )

  it.each(without)(
    '%s, attacks succeed',
    async (guard, off, attack) => {
      const shop = await openAttackedShop({ guards: { ...allGuards, ...off }, obeysData: guard !== 'delimit' })
      expect(await firstSuccess(shop, attack)).not.toEqual([])
      await shop.stop()
    },
    patience,
  )
})

describe('a cart that does not check of a proposal', () => {
  it.each(withoutAtCart)(
    '%s, is changed by attacks',
    async (_check, off, attack) => {
      const shop = await openAttackedShop({ proposalGuards: { ...proposalGuards, ...off } })
      expect(await firstSuccess(shop, attack)).not.toEqual([])
      await shop.stop()
    },
    patience,
  )
})
