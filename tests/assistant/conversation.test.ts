import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ProposalClaims } from '../../contracts/proposal.ts'
import { newUuid } from '../../platform/ids.ts'
import { proposalSigner } from '../../subgraphs/recommendations/assistant/rules/proposals.ts'
import { proposalSecret } from '../federation/graph.ts'
import type { Client, Json } from '../support/shopping.ts'
import { openAssistedShop, type AssistedShop } from './shop.ts'

let shop: AssistedShop
beforeAll(async () => {
  shop = await openAssistedShop()
})
afterAll(() => shop.stop())

const accept = `mutation ($token: String!) { acceptProposal(token: $token) {
  ... on Cart { itemCount lines { quantity variant { product { name } } } } ... on Refusal { code } } }`

async function accepted(client: Client, token: string): Promise<Json> {
  return (await client.send(accept, { token })).data.acceptProposal
}

describe('a conversation', () => {
  it('finds what is asked for, with what goes with it, and proposes both; accepted, they are in the cart, once', async () => {
    const guest = await shop.guest()
    const reply = await shop.ask(guest, 'a red retrospot bag under 5 pounds and something that goes with it')
    expect(reply).toMatchObject({ kind: 'RULES', provider: 'planner', degraded: false })
    expect(reply.proposal.lines).toHaveLength(2)
    expect(reply.proposal.lines[0].variant.name).toMatch(/Red Retrospot/)
    expect((await guest.run('WebCart')).data.cart).toBeNull()
    expect(await accepted(guest, reply.proposal.token)).toMatchObject({ itemCount: 2 })
    expect(await accepted(guest, reply.proposal.token)).toEqual({ code: 'PROPOSAL_EXPIRED' })
  })

  it('recommends nothing that is in the cart already', async () => {
    const guest = await shop.guest()
    const wish = 'a red retrospot bag under 5 pounds and something that goes with it'
    const first = await shop.ask(guest, wish)
    const companion: string = first.proposal.lines[1].variant.id
    const { id } = shop.products.find(({ variants }) => variants.some((variant) => variant.id === companion)) ?? {}
    expect(id).toBeDefined()
    await accepted(guest, first.proposal.token)
    const again = await shop.ask(guest, wish)
    expect(again.proposal?.lines[1]?.variant.id).not.toBe(companion)
    for (const message of ['what do people like?', 'what goes with my cart?', 'what goes with a regency cakestand?']) {
      const { products } = await shop.ask(guest, message)
      expect(products.map((product: Json) => product.id)).not.toContain(id)
    }
  })

  it('knows what was shown before', async () => {
    const guest = await shop.guest()
    const found = await shop.ask(guest, 'show me retrospot bags')
    const names = found.products.map(({ name }: Json) => name)
    expect(names.length).toBeGreaterThan(1)
    const next = await shop.ask(guest, 'two of the second one', found.conversationId)
    expect(next.conversationId).toBe(found.conversationId)
    expect(next.proposal.lines).toMatchObject([{ quantity: 2 }])
    expect(next.products).toMatchObject([{ name: names[1] }])
    const told = await shop.ask(guest, 'tell me more about it', found.conversationId)
    expect(told.message).toContain(names[1])
  })

  it('knows what was shown before, when nothing was found since', async () => {
    const guest = await shop.guest()
    const found = await shop.ask(guest, 'show me retrospot bags')
    const none = await shop.ask(guest, 'anything cheaper than 10 pence?', found.conversationId)
    expect(none.products).toEqual([])
    const next = await shop.ask(guest, 'two of the second one', found.conversationId)
    expect(next.products).toMatchObject([{ name: found.products[1].name }])
  })

  it('asks back where two readings fit, and says so when nothing fits', async () => {
    const guest = await shop.guest()
    const open = await shop.ask(guest, 'add a retrospot bag to my cart')
    expect(open).toMatchObject({ proposal: null, message: expect.stringContaining('Which one') as string })
    const none = await shop.ask(guest, 'a purple submarine under 2 pounds but not yellow', open.conversationId)
    expect(none).toMatchObject({ products: [], proposal: null })
    expect(none.message).toContain('I found nothing')
    expect(none.message).toContain('but not yellow')
  })

  it('is told of the own cart and orders alone', async () => {
    const guest = await shop.guest()
    expect((await shop.ask(guest, 'what is in my cart?')).message).toBe('Your cart is empty.')
    expect((await shop.ask(guest, 'where is my order?')).message).toBe('Sign in to see your orders.')
  })
})

describe('bad input', () => {
  it.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['5,000 characters', 'bag '.repeat(1_250)],
    ['control characters', 'red\u0000bag\u0007'],
    ['text that runs the other way', 'red \u202Ebag'],
    ['2,001 characters', 'a'.repeat(2_001)],
    ['half a character', 'red \ud83d bag'],
    ['what shows nothing', '\u200b\u2060\ufeff'],
    ['words that nobody sees', `red bag ${String.fromCodePoint(0xe0041, 0xe0042)}`],
  ])('is refused: %s', async (_what, message) => {
    expect(await shop.ask(await shop.guest(), message)).toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('of a conversation that is not the own one is refused, whether there is one or not', async () => {
    const own = await shop.ask(await shop.guest(), 'show me mugs')
    const other = await shop.guest()
    const ids = [own.conversationId, own.conversationId.toUpperCase(), newUuid(), 'nonsense', '', "' or 1=1 --"]
    for (const id of [...ids, 'x'.repeat(5_000), `${own.conversationId}\u0000`, '\ud83d']) {
      expect(await shop.ask(other, 'two of the first one', id)).toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  it('that is just good enough is answered: 2,000 characters, and the own conversation in capitals', async () => {
    const guest = await shop.guest()
    const { conversationId } = await shop.ask(guest, 'a'.repeat(2_000))
    const next = await shop.ask(guest, 'show me mugs', conversationId.toUpperCase())
    expect(next).toMatchObject({ conversationId, kind: 'RULES' })
  })

  it('by a visitor is refused', async () => {
    const { errors } = await shop.client().run('WebAsk', { input: { message: 'hello' } })
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
  })

  it("of another's proposal is refused", async () => {
    const reply = await shop.ask(await shop.guest(), 'add a jumbo bag red retrospot to my cart')
    expect(await accepted(await shop.guest(), reply.proposal.token)).toEqual({ code: 'PROPOSAL_EXPIRED' })
  })
})

describe('a proposal that is no good is refused', () => {
  it.each([
    ['no token', ''],
    ['nonsense', 'a.b.c'],
    ['5,000 characters', 'eyJ'.repeat(1_667)],
    ['control characters', 'eyJ\u0000'],
    ['half a character', 'eyJ\ud83d'],
  ])('%s', async (_what, token) => {
    expect(await accepted(await shop.guest(), token)).toEqual({ code: 'PROPOSAL_EXPIRED' })
  })

  it('one that was made eleven minutes ago', async () => {
    const guest = await shop.guest()
    const { proposal } = await shop.ask(guest, 'add a jumbo bag red retrospot to my cart')
    const { owner, lines } = decodeJwt<ProposalClaims>(proposal.token)
    const signAt = (minutesAgo: number) =>
      proposalSigner({
        ...{ secret: proposalSecret, newId: newUuid },
        clock: () => new Date(Date.now() - minutesAgo * 60_000),
      })({ owner, lines })
    expect(await accepted(guest, (await signAt(11)).token)).toEqual({ code: 'PROPOSAL_EXPIRED' })
    expect(await accepted(guest, (await signAt(9)).token)).toMatchObject({ itemCount: 1 })
  })
})

describe('a shopper who asks much', () => {
  it('is answered twenty times a minute', async () => {
    const guest = await shop.guest()
    for (let turn = 0; turn < 20; turn += 1) await shop.ask(guest, 'hello')
    const { errors } = await guest.run('WebAsk', { input: { message: 'hello' } })
    expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfter: 60 } }])
  })

  it('is answered one question of a conversation at a time', async () => {
    const guest = await shop.guest()
    const { conversationId } = await shop.ask(guest, 'hello')
    const answers = await Promise.all(Array.from({ length: 6 }, () => shop.ask(guest, 'show me mugs', conversationId)))
    const refused = answers.filter(({ code }) => code === 'CONFLICT')
    expect(refused.length).toBeLessThan(6)
    expect(answers.filter(({ code }) => code === undefined)).toHaveLength(6 - refused.length)
    expect(await shop.ask(guest, 'two of the first one', conversationId)).toMatchObject({ proposal: {} })
  })
})
