import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { paymentCaptured } from '../../../contracts/payments.ts'
import { visitor, type Viewer } from '../../../platform/identity/viewer.ts'
import { newUuid } from '../../../platform/ids.ts'
import { amount, staff, startPayments, type PaymentsUnderTest } from '../testing/payments-under-test.ts'

const owner: Viewer = { kind: 'user', id: newUuid(), roles: ['SHOPPER'] }
const strangers: [string, Viewer][] = [
  ['another shopper', { kind: 'user', id: newUuid(), roles: ['SHOPPER'] }],
  ['a guest', { kind: 'guest', id: newUuid() }],
  ['a guest with the id of the owner', { kind: 'guest', id: owner.id }],
  ['a visitor', visitor],
]

let payments: PaymentsUnderTest
let orderId: string
let paymentId: string

beforeAll(async () => {
  payments = await startPayments()
  ;({ orderId } = await payments.capture({ token: 'tok_approve', userId: owner.id }))
  ;({ paymentId } = await payments.answer(paymentCaptured, orderId))
})
afterAll(() => payments.stop())

function entities(viewer: Viewer, ...ids: string[]) {
  return payments.harness.ask('payments', {
    viewer,
    query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Payment { id status amount { amount } } } }`,
    variables: { of: ids.map((id) => ({ __typename: 'Payment', id })) },
  })
}

describe('a payment', () => {
  it.each([
    ['whose it is', owner],
    ['staff', staff],
  ])('is shown to %s, by itself and by its order', async (_who, viewer) => {
    const { data, errors } = await entities(viewer, paymentId)
    expect(errors).toEqual([])
    expect(data?._entities).toEqual([{ id: paymentId, status: 'CAPTURED', amount: { amount: amount.amount } }])
    expect(await payments.paymentOf(orderId, viewer)).toMatchObject({ status: 'CAPTURED' })
  })

  it.each(strangers)('is nothing to %s, as one that does not exist', async (_who, viewer) => {
    const { data, errors } = await entities(viewer, paymentId, newUuid(), 'nonsense')
    expect({ errors, data }).toEqual({ errors: [], data: { _entities: [null, null, null] } })
    expect(await payments.paymentOf(orderId, viewer)).toBeNull()
  })

  it('is nothing before it is asked for, whatever the order', async () => {
    expect(await payments.paymentOf(newUuid(), owner)).toBeNull()
    expect(await payments.paymentOf('nonsense', owner)).toBeNull()
  })

  it('shows nobody its token, which is no part of the graph', async () => {
    const { errors } = await payments.harness.ask('payments', {
      viewer: staff,
      query: `{ _entities(representations: [{ __typename: "Payment", id: "${paymentId}" }]) { ... on Payment { paymentMethodToken } } }`,
    })
    expect(errors[0]?.message).toContain('Cannot query field')
  })
})
