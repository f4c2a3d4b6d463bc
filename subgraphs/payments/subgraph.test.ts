import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { paymentCaptured, paymentDeclined, paymentRefunded } from '../../contracts/payments.ts'
import { newUuid } from '../../platform/ids.ts'
import { eventually } from '../../tests/support/shopping.ts'
import { newPayment } from './domain/evolve.ts'
import { testProvider } from './provider/test-provider.ts'
import { postgresLedger } from './stores/postgres/ledger.ts'
import { postgresPaymentStore } from './stores/postgres/store.ts'
import { amount, startPayments, type PaymentsUnderTest } from './testing/payments-under-test.ts'

describe('a capture', () => {
  let payments: PaymentsUnderTest
  beforeAll(async () => {
    payments = await startPayments()
  })
  afterAll(() => payments.stop())

  it('charges the card, and the order is answered', async () => {
    const { orderId, userId } = await payments.capture({ token: 'tok_approve' })
    const answer = await payments.answer(paymentCaptured, orderId)
    expect(answer).toMatchObject({ orderId, userId, amount })
    expect(await payments.chargeOf(orderId)).toEqual({ calls: 1, captures: 1, outcome: 'CAPTURED' })
    expect(await payments.paymentOf(orderId)).toEqual({ status: 'CAPTURED', amount, refunded: { amount: 0 } })
  })

  it('that is asked for again and again charges once, and is answered each time', async () => {
    const order = await payments.capture({ token: 'tok_approve' })
    await payments.answer(paymentCaptured, order.orderId)
    for (const token of ['tok_approve', 'tok_decline']) await payments.capture({ ...order, token })
    await payments.harness.settled()
    expect(await payments.answers(paymentCaptured, order.orderId)).toHaveLength(3)
    expect(await payments.chargeOf(order.orderId)).toMatchObject({ calls: 1, captures: 1 })
  })

  it('that is asked for many times at once charges once', async () => {
    const order = { orderId: newUuid(), userId: newUuid(), token: 'tok_approve' }
    await Promise.all(Array.from({ length: 10 }, () => payments.capture(order)))
    await payments.answer(paymentCaptured, order.orderId)
    await payments.harness.settled()
    expect(await payments.chargeOf(order.orderId)).toMatchObject({ calls: 1, captures: 1 })
  })

  it('delivered twice by the bus is handled once', async () => {
    const { orderId } = await payments.capture({ token: 'tok_approve' })
    await payments.answer(paymentCaptured, orderId)
    await payments.harness.redeliver()
    expect(await payments.answers(paymentCaptured, orderId)).toHaveLength(1)
    expect(await payments.chargeOf(orderId)).toMatchObject({ calls: 1, captures: 1 })
  })

  it.each([
    ['tok_decline', 'card_declined'],
    ['tok_insufficient_funds', 'insufficient_funds'],
    ['tok_of_nobody', 'unknown_payment_method'],
  ])('by %s is declined: %s', async (token, reason) => {
    const { orderId } = await payments.capture({ token })
    expect(await payments.answer(paymentDeclined, orderId)).toMatchObject({ reason })
    expect(await payments.chargeOf(orderId)).toEqual({ calls: 1, captures: 0, outcome: reason })
    await payments.capture({ orderId, token: 'tok_approve' })
    await payments.harness.settled()
    expect(await payments.answers(paymentDeclined, orderId)).toHaveLength(2)
    expect(await payments.answers(paymentCaptured, orderId)).toEqual([])
  })

  it('by tok_error_then_success succeeds at the second try', async () => {
    const { orderId } = await payments.capture({ token: 'tok_error_then_success' })
    await payments.answer(paymentCaptured, orderId)
    expect(await payments.chargeOf(orderId)).toEqual({ calls: 2, captures: 1, outcome: 'CAPTURED' })
  })

  it('by tok_slow succeeds when the answer comes', async () => {
    const { orderId } = await payments.capture({ token: 'tok_slow' })
    await eventually(
      () => payments.paymentOf(orderId),
      (payment) => payment !== null,
      { what: 'the payment is recorded' },
    )
    expect(await payments.paymentOf(orderId)).toMatchObject({ status: 'PENDING' })
    await payments.answer(paymentCaptured, orderId)
    expect(await payments.chargeOf(orderId)).toMatchObject({ calls: 1, captures: 1 })
  })
})

describe('who is charged', () => {
  let payments: PaymentsUnderTest
  beforeAll(async () => {
    payments = await startPayments({ deadline: 300 })
  })
  afterAll(() => payments.stop())

  it.each(['tok_approve', 'tok_error_then_success', 'tok_no_answer'])(
    'is forgotten when %s has paid, and stays so while the money goes back',
    async (token) => {
      const { orderId } = await payments.capture({ token })
      await payments.answer(paymentCaptured, orderId)
      expect(await payments.paymentMethodOf(orderId)).toBeNull()
      await payments.refund(orderId)
      await payments.answer(paymentRefunded, orderId)
      expect(await payments.paymentMethodOf(orderId)).toBeNull()
    },
  )

  it('is forgotten when the payment is declined', async () => {
    const { orderId } = await payments.capture({ token: 'tok_decline' })
    await payments.answer(paymentDeclined, orderId)
    expect(await payments.paymentMethodOf(orderId)).toBeNull()
  })

  it('is known as long as the provider may have to be asked once more', async () => {
    const silent = await startPayments({
      deadline: 100,
      provider: (ledger) => ({ ...testProvider(ledger), find: () => Promise.resolve({ kind: 'NO_ANSWER' }) }),
    })
    const { orderId } = await silent.capture({ token: 'tok_no_answer' })
    await eventually(
      () => silent.paymentOf(orderId),
      (payment) => JSON.stringify(payment).includes('UNKNOWN'),
      { what: 'the payment becomes UNKNOWN' },
    )
    expect(await silent.paymentMethodOf(orderId)).toBe('tok_no_answer')
    await silent.stop()
  })

  it('was never known of what was paid long ago', async () => {
    const orderId = newUuid()
    await payments.subgraph.importCaptured([{ id: newUuid(), orderId, userId: newUuid(), amount }])
    expect(await payments.paymentMethodOf(orderId)).toBeNull()
  })
})

describe('a provider that does not answer in time', () => {
  let payments: PaymentsUnderTest
  afterEach(() => payments.stop())

  it.each(['tok_no_answer', 'tok_slow'])('is asked what became of %s, and has charged once', async (token) => {
    payments = await startPayments({ deadline: 300 })
    const { orderId } = await payments.capture({ token })
    await eventually(
      () => payments.paymentOf(orderId),
      (payment) => JSON.stringify(payment).includes('UNKNOWN'),
      { what: 'the payment becomes UNKNOWN' },
    )
    await payments.answer(paymentCaptured, orderId)
    expect(await payments.answers(paymentCaptured, orderId)).toHaveLength(1)
    expect(await payments.chargeOf(orderId)).toEqual({ calls: 1, captures: 1, outcome: 'CAPTURED' })
    expect(await payments.paymentOf(orderId)).toMatchObject({ status: 'CAPTURED' })
  })

  it('and overlooks its signal holds nothing up; what it has never seen is captured by the same key', async () => {
    let calls = 0
    payments = await startPayments({
      deadline: 150,
      provider(ledger) {
        const provider = testProvider(ledger)
        return {
          ...provider,
          capture: (call, signal) => (++calls === 1 ? new Promise(() => undefined) : provider.capture(call, signal)),
        }
      },
    })
    const { orderId } = await payments.capture({ token: 'tok_approve' })
    await payments.answer(paymentCaptured, orderId)
    expect(await payments.chargeOf(orderId)).toMatchObject({ calls: 1, captures: 1 })
    expect(calls).toBe(2)
  })
})

describe('a refund', () => {
  let payments: PaymentsUnderTest
  beforeAll(async () => {
    payments = await startPayments({ deadline: 300 })
  })
  afterAll(() => payments.stop())

  it('gives everything back, once, however often it is asked for', async () => {
    const { orderId } = await payments.capture({ token: 'tok_approve' })
    await payments.answer(paymentCaptured, orderId)
    await Promise.all([payments.refund(orderId), payments.refund(orderId)])
    expect(await payments.answer(paymentRefunded, orderId)).toMatchObject({ amount })
    await payments.refund(orderId)
    await payments.harness.settled()
    expect(await payments.refundsOf(orderId)).toEqual([amount.amount])
    expect(await payments.paymentOf(orderId)).toEqual({
      status: 'REFUNDED',
      amount,
      refunded: { amount: amount.amount },
    })
  })

  it('may be of a part, and then of the rest, never of more', async () => {
    const { orderId } = await payments.capture({ token: 'tok_approve' })
    await payments.answer(paymentCaptured, orderId)
    await payments.refund(orderId, 500)
    await payments.answer(paymentRefunded, orderId)
    expect(await payments.paymentOf(orderId)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: { amount: 500 } })
    await payments.refund(orderId)
    await eventually(
      () => payments.answers(paymentRefunded, orderId),
      ({ length }) => length === 2,
      { what: 'both refunds are answered' },
    )
    expect(await payments.refundsOf(orderId)).toEqual([500, 750])
    expect(await payments.paymentOf(orderId)).toMatchObject({ status: 'REFUNDED', refunded: { amount: 1_250 } })
  })

  it('of what was declined gives nothing, and answers that', async () => {
    const { orderId } = await payments.capture({ token: 'tok_decline' })
    await payments.answer(paymentDeclined, orderId)
    await payments.refund(orderId)
    expect(await payments.answer(paymentRefunded, orderId)).toMatchObject({ amount: { amount: 0 } })
    expect(await payments.refundsOf(orderId)).toEqual([])
    expect(await payments.paymentOf(orderId)).toMatchObject({ status: 'DECLINED' })
  })

  it('of what nobody was charged for becomes a dead letter', async () => {
    const orderId = newUuid()
    await payments.refund(orderId)
    await eventually(
      () => payments.harness.bus.deadLetters({ first: 10 }),
      (letters) => letters.some(({ message, error }) => message.subject === orderId && error.includes('no payment')),
      { what: 'the refund becomes a dead letter' },
    )
  })
})

describe('a crash', () => {
  it('between the provider’s answer and its record: the next instance settles it, with one capture', async () => {
    const payments = await startPayments()
    await payments.subgraph.stop()
    const database = payments.harness.databaseOf('payments')
    const store = postgresPaymentStore(database)
    const [orderId, userId] = [newUuid(), newUuid()]
    await store.insert(newPayment({ id: newUuid(), orderId, userId, amount }), 'tok_approve')
    const [due] = await store.claimDue(1, 200)
    expect(due?.payment.orderId).toBe(orderId)
    await testProvider(postgresLedger(database)).capture(
      { key: orderId, amount, token: 'tok_approve' },
      AbortSignal.timeout(1_000),
    )

    await payments.harness.add('payments', {
      as: 'after-the-crash',
      config: { PAYMENT_DEADLINE_MS: 1_000 },
      given: (own) => ({ ...own, database }),
    })
    await eventually(
      () => store.byOrders([orderId]),
      ([payment]) => payment?.status === 'CAPTURED',
      { what: 'the payment is captured' },
    )
    expect(await payments.chargeOf(orderId)).toEqual({ calls: 2, captures: 1, outcome: 'CAPTURED' })
    await payments.harness.settled()
    expect((await payments.harness.published(paymentCaptured)).map(({ subject }) => subject)).toEqual([orderId])
    await payments.stop()
  })
})
