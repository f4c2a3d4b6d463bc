import { afterAll, beforeAll, expect, it } from 'vitest'

import { eventually, type Json } from '../support/shopping.ts'
import { placeOrder, settledOrder, signUp } from '../support/shopper.ts'
import { startTestSouk, type TestSouk } from '../support/souk.ts'

let souk: TestSouk
beforeAll(async () => {
  souk = await startTestSouk()
})
afterAll(() => souk.stop())

const accept = `mutation ($token: String!) { acceptProposal(token: $token) {
  ... on Cart { itemCount subtotal { amount } lines { quantity variant { id } } } ... on Refusal { code message } } }`

it('the assistant finds a bag and what goes with it, proposes both, and they are accepted and bought', async () => {
  const shopper = await signUp(souk.url)
  const asked = { message: 'a red retrospot bag under 5 pounds and something that goes with it' }
  const { data, errors } = await shopper.run('WebAsk', { input: asked })
  expect(errors).toEqual([])
  const reply = data.askAssistant
  expect(reply).toMatchObject({ kind: 'RULES', provider: 'planner', degraded: false })
  const lines: Json[] = reply.proposal.lines
  expect(lines).toHaveLength(2)
  expect(lines[0].variant.name).toMatch(/bag.*red retrospot|red retrospot.*bag/i)
  expect(lines[0].variant.price.amount).toBeLessThan(500)
  expect(lines[1].variant.id).not.toBe(lines[0].variant.id)
  expect((await shopper.run('WebCart')).data.cart).toBeNull()

  const accepted = await shopper.send(accept, { token: reply.proposal.token })
  const total = lines.reduce<number>(
    (sum, { quantity, variant }) => sum + Number(quantity) * Number(variant.price.amount),
    0,
  )
  expect(accepted.data.acceptProposal).toMatchObject({ itemCount: 2, subtotal: { amount: total } })
  const again = await shopper.send(accept, { token: reply.proposal.token })
  expect(again.data.acceptProposal).toMatchObject({ code: 'PROPOSAL_EXPIRED' })

  const placed = await eventually(
    () => placeOrder(shopper),
    ({ data: ordering }) => ordering.placeOrder.code !== 'CART_CHANGED',
    { what: 'orders has heard of the cart' },
  )
  const order = await settledOrder(shopper, placed.data.placeOrder.id)
  expect(order).toMatchObject({ status: 'CONFIRMED', total: { amount: total } })

  const { conversationId } = reply
  const told = await shopper.run('WebAsk', { input: { conversationId, message: 'where is my order?' } })
  expect(told.data.askAssistant.message).toContain(order.number)
})
