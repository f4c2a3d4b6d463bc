import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { misspellings } from '../../platform/identity/testing/misspellings.ts'
import { newUuid } from '../../platform/ids.ts'
import { createHarness } from '../../tests/support/harness.ts'
import { type CartUnderTest, newGuest, newUser, onEachStore } from './testing/cart-under-test.ts'

await onEachStore((startCart) => {
  let souk: CartUnderTest
  let mug: string
  let jug: string
  beforeAll(async () => {
    souk = await startCart()
    ;[mug = '', jug = ''] = await souk.onSale(9, 3)
  })
  afterAll(() => souk.stop())

  const cannotBeUsed = { code: 'PROPOSAL_EXPIRED' }

  describe('a proposal', () => {
    it('puts all its lines into the cart, once', async () => {
      const guest = newGuest()
      await souk.add(guest, mug)
      const lines = [
        { variantId: mug, quantity: 2 },
        { variantId: jug, quantity: 1 },
      ]
      const token = await souk.propose({ owner: guest, lines })
      expect(await souk.accept(guest, token)).toMatchObject({ version: 2, itemCount: 4 })
      expect(await souk.accept(guest, token)).toMatchObject(cannotBeUsed)
      expect(await souk.contents(guest)).toEqual({ [mug]: 3, [jug]: 1 })
    })

    it('accepted many times at once works once', async () => {
      const user = newUser()
      const token = await souk.propose({
        owner: { kind: 'user', id: user.id },
        lines: [{ variantId: mug, quantity: 1 }],
      })
      const answers = await Promise.all(Array.from({ length: 20 }, () => souk.accept(user, token)))
      expect(answers.filter(({ code }) => code === 'PROPOSAL_EXPIRED')).toHaveLength(19)
      expect(await souk.contents(user)).toEqual({ [mug]: 1 })
    })

    it('accepted at once in two replicas works once', async () => {
      const user = newUser()
      const token = await souk.propose({
        owner: { kind: 'user', id: user.id },
        lines: [{ variantId: mug, quantity: 1 }],
      })
      const acceptThere = await souk.replica()
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_none, at) =>
          at % 2 === 0 ? souk.accept(user, token) : acceptThere(user, token).then(({ data }) => data?.acceptProposal),
        ),
      )
      const codes: unknown[] = answers.map((answer) => answer.code)
      expect(codes.filter((code) => code === undefined)).toHaveLength(1)
      // Whoever has lost against the other replica all the time gets CONFLICT, and finds it used when asking again.
      expect(new Set(codes)).toEqual(
        new Set([undefined, 'PROPOSAL_EXPIRED', ...codes.filter((code) => code === 'CONFLICT')]),
      )
      expect(await souk.contents(user)).toEqual({ [mug]: 1 })
    })

    it('may be written in capitals, by whoever made it', async () => {
      const guest = newGuest()
      const owner = { ...guest, id: guest.id.toUpperCase() }
      const token = await souk.propose({ owner, lines: [{ variantId: mug.toUpperCase(), quantity: 2 }] })
      expect(await souk.accept(guest, token)).toMatchObject({ itemCount: 2 })
      expect(await souk.contents(guest)).toEqual({ [mug]: 2 })
    })

    it('with more than there is puts nothing in', async () => {
      const guest = newGuest()
      const lines = [
        { variantId: mug, quantity: 1 },
        { variantId: jug, quantity: 4 },
      ]
      const token = await souk.propose({ owner: guest, lines })
      expect(await souk.accept(guest, token)).toMatchObject({
        code: 'OUT_OF_STOCK',
        shortages: [{ variant: { id: jug }, requested: 4, available: 3 }],
      })
      expect(await souk.contents(guest)).toBeUndefined()
    })

    it('of what is not for sale is refused', async () => {
      const guest = newGuest()
      const token = await souk.propose({ owner: guest, lines: [{ variantId: newUuid(), quantity: 1 }] })
      expect(await souk.accept(guest, token)).toMatchObject({ code: 'NOT_FOUND' })
    })

    it('at other prices than now puts nothing in', async () => {
      const guest = newGuest()
      const lines = [{ variantId: mug, quantity: 1, price: { amount: 249, currency: 'GBP' } }]
      const token = await souk.propose({ owner: guest, lines })
      expect(await souk.accept(guest, token)).toMatchObject({ code: 'PRICE_CHANGED' })
      expect(await souk.contents(guest)).toBeUndefined()
    })

    it('that cannot be trusted is refused', async () => {
      const guest = newGuest()
      const proposal = { owner: guest, lines: [{ variantId: mug, quantity: 1 }] }
      const tokens = await Promise.all([
        souk.propose({ ...proposal, expiresIn: -1 }),
        souk.propose({ ...proposal, expiresIn: null }),
        souk.propose({ ...proposal, expiresIn: 86_400, age: 601 }),
        souk.propose({ ...proposal, age: null }),
        souk.propose({ ...proposal, age: -3_600 }),
        souk.propose({ ...proposal, lines: [{ variantId: mug, quantity: 21 }] }),
        souk.propose({ ...proposal, secret: 'the secret of somebody else, as long as ours' }),
        souk.propose({ ...proposal, owner: newGuest() }),
        souk.propose({ ...proposal, owner: { kind: 'user', id: guest.id } }),
        souk.propose({ ...proposal, lines: [] }),
        souk.propose({ ...proposal, lines: [{ variantId: mug, quantity: -1 }] }),
        souk.propose({ ...proposal, id: 'not-an-id' }),
      ])
      for (const token of [...tokens, '', 'nonsense', 'a.b.c']) {
        expect(await souk.accept(guest, token)).toMatchObject(cannotBeUsed)
      }
      expect(await souk.cart(guest)).toBeNull()
    })

    it('is good in the one spelling in which it was signed', async () => {
      const guest = newGuest()
      const token = await souk.propose({ owner: guest, lines: [{ variantId: mug, quantity: 1 }] })
      for (const [how, other] of misspellings(token)) {
        expect(await souk.accept(guest, other), how).toMatchObject(cannotBeUsed)
      }
      expect(await souk.accept(guest, token)).toMatchObject({ itemCount: 1 })
    })

    it('is never valid in a shop that has no assistant', async () => {
      const harness = await createHarness()
      await harness.add('cart')
      const guest = newGuest()
      const token = await souk.propose({ owner: guest, lines: [{ variantId: mug, quantity: 1 }] })
      const { data } = await harness.ask('cart', {
        viewer: guest,
        query: 'mutation ($token: String!) { acceptProposal(token: $token) { ... on Refusal { code } } }',
        variables: { token },
      })
      expect(data).toEqual({ acceptProposal: cannotBeUsed })
      await harness.stop()
    })
  })
})
