import { describe, expect, test } from 'vitest'

import { money } from '../../platform/money.ts'
import {
  applyOutcome,
  askRefund,
  needsPaymentMethod,
  newPayment,
  repeatCapture,
  type Outcome,
  type Payment,
  type PaymentStatus,
} from './domain.ts'

const pounds = (amount: number) => money(amount, 'GBP')
const fresh = newPayment({ id: 'payment', orderId: 'order', userId: 'ada', amount: pounds(1_000) })

function paymentThatIs(status: PaymentStatus, rest: Partial<Payment> = {}): Payment {
  return { ...fresh, status, next: null, version: 5, ...rest }
}

const captured = paymentThatIs('CAPTURED')
const beingRefunded = paymentThatIs('CAPTURED', { next: 'REFUND', refundAsked: pounds(1_000) })

describe('given a new payment', () => {
  test('then it is to be captured, and nothing has come back', () => {
    expect(fresh).toMatchObject({ status: 'PENDING', next: 'CAPTURE', refunded: pounds(0), version: 1, attempts: 0 })
  })
})

describe('when the provider answers a capture', () => {
  test('that it has the money, then the order hears so', () => {
    const { payment, answer } = applyOutcome({ ...fresh, attempts: 3 }, { kind: 'CAPTURED' })
    expect(payment).toMatchObject({ status: 'CAPTURED', next: null, attempts: 0, version: 2 })
    expect(answer).toBe('CAPTURED')
  })

  test('that it declines, then the order hears so, with the reason', () => {
    const { payment, answer } = applyOutcome(fresh, { kind: 'DECLINED', reason: 'card_declined' })
    expect(payment).toMatchObject({ status: 'DECLINED', declineReason: 'card_declined', next: null })
    expect(answer).toBe('DECLINED')
  })

  test.each<Outcome>([{ kind: 'ERROR' }, { kind: 'REFUNDED' }])(
    'with %o, then it is asked the same again',
    (outcome) => {
      const { payment, answer, pause } = applyOutcome(fresh, outcome)
      expect(payment).toMatchObject({ status: 'PENDING', next: 'CAPTURE', attempts: 1 })
      expect({ answer, pause }).toEqual({ answer: null, pause: 250 })
    },
  )

  test('with nothing, then the outcome is unknown, and is asked for', () => {
    const { payment, answer, pause } = applyOutcome(fresh, { kind: 'NO_ANSWER' })
    expect(payment).toMatchObject({ status: 'UNKNOWN', next: 'FIND', attempts: 1 })
    expect({ answer, pause }).toEqual({ answer: null, pause: 250 })
  })
})

describe('when the outcome is asked for', () => {
  const unknown = paymentThatIs('UNKNOWN', { next: 'FIND', attempts: 1 })

  test('and the provider captured, then the order hears so', () => {
    const { payment, answer } = applyOutcome(unknown, { kind: 'CAPTURED' })
    expect(payment.status).toBe('CAPTURED')
    expect(answer).toBe('CAPTURED')
  })

  test('and the provider has never seen it, then it is captured by the same key', () => {
    const { payment, answer } = applyOutcome(unknown, { kind: 'NEVER_SEEN' })
    expect(payment).toMatchObject({ status: 'PENDING', next: 'CAPTURE', attempts: 1 })
    expect(answer).toBeNull()
  })

  test('and fails time and again, then the pauses grow to a minute', () => {
    const pauses: number[] = []
    for (let payment = unknown; pauses.length < 10;) {
      const step = applyOutcome(payment, { kind: 'NO_ANSWER' })
      expect(step.payment).toMatchObject({ status: 'UNKNOWN', next: 'FIND' })
      payment = step.payment
      pauses.push(step.pause)
    }
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000])
  })
})

describe('who is charged has to be known', () => {
  test.each<[Payment['next'], boolean]>([
    ['CAPTURE', true],
    ['FIND', true],
    ['REFUND', false],
    [null, false],
  ])('while the next call is %s: %s', (next, needed) => {
    expect(needsPaymentMethod({ ...fresh, next })).toBe(needed)
  })
})

describe('when the order asks for the capture again', () => {
  test.each<[PaymentStatus, string | null]>([
    ['PENDING', null],
    ['UNKNOWN', null],
    ['DECLINED', 'DECLINED'],
    ['CAPTURED', 'CAPTURED'],
    ['REFUNDED', 'CAPTURED'],
    ['PARTIALLY_REFUNDED', 'CAPTURED'],
  ])('and it is %s, then it hears %s', (status, answer) => {
    expect(repeatCapture(paymentThatIs(status))).toBe(answer)
  })
})

describe('when the order asks for its money back', () => {
  test('then the provider is to be asked', () => {
    expect(askRefund(captured, pounds(1_000))).toMatchObject({
      payment: { status: 'CAPTURED', next: 'REFUND', refundAsked: pounds(1_000), version: 6 },
      answer: null,
    })
  })

  test('then never for more than is left of it', () => {
    const partly = paymentThatIs('PARTIALLY_REFUNDED', { refunded: pounds(300) })
    expect(askRefund(partly, pounds(1_000)).payment.refundAsked).toEqual(pounds(700))
  })

  test('and did so before, then the refund that is under way goes on', () => {
    expect(askRefund(beingRefunded, pounds(1_000))).toEqual({ payment: beingRefunded, answer: null, pause: 0 })
  })

  test.each<PaymentStatus>(['DECLINED', 'REFUNDED'])('and it is %s, then there is nothing to give back', (status) => {
    const payment = paymentThatIs(status)
    expect(askRefund(payment, pounds(1_000))).toEqual({ payment, answer: 'REFUNDED', pause: 0 })
  })

  test.each<PaymentStatus>(['PENDING', 'UNKNOWN'])('and it is %s, then it has to wait', (status) => {
    expect(() => askRefund(paymentThatIs(status), pounds(1_000))).toThrow('its outcome is not known')
  })
})

describe('when the provider answers a refund', () => {
  test('that all came back, then the order hears so', () => {
    const { payment, answer } = applyOutcome(beingRefunded, { kind: 'REFUNDED' })
    expect(payment).toMatchObject({ status: 'REFUNDED', refunded: pounds(1_000), next: null })
    expect(answer).toBe('REFUNDED')
  })

  test('that a part came back, then it is partly refunded', () => {
    const { payment } = applyOutcome({ ...beingRefunded, refundAsked: pounds(400) }, { kind: 'REFUNDED' })
    expect(payment).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: pounds(400), next: null })
    const rest = applyOutcome(askRefund(payment, pounds(600)).payment, { kind: 'REFUNDED' })
    expect(rest.payment).toMatchObject({ status: 'REFUNDED', refunded: pounds(1_000) })
  })

  test.each<Outcome>([
    { kind: 'NO_ANSWER' },
    { kind: 'ERROR' },
    { kind: 'CAPTURED' },
    { kind: 'DECLINED', reason: 'no' },
    { kind: 'NEVER_SEEN' },
  ])('with %o, then it is asked again', (outcome) => {
    const { payment, answer, pause } = applyOutcome(beingRefunded, outcome)
    expect(payment).toEqual({ ...beingRefunded, attempts: 1, version: 6 })
    expect({ answer, pause }).toEqual({ answer: null, pause: 250 })
  })
})
