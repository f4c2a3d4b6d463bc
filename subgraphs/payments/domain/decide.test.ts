import { describe, expect, test } from 'vitest'

import { money } from '../../../platform/money.ts'
import { behaviourOf } from '../../../tests/support/behaviour.ts'
import { decide, type Decision } from './decide.ts'
import { evolve } from './evolve.ts'
import {
  needsPaymentMethod,
  type Outcome,
  type Payment,
  type PaymentEvent,
  type PaymentInput,
  type PaymentStatus,
} from './payment.ts'

const pounds = (amount: number) => money(amount, 'GBP')

const captureAsked: PaymentInput = {
  kind: 'CAPTURE_ASKED',
  payment: { id: 'payment', orderId: 'order', userId: 'ada', amount: pounds(1_000) },
}
const refundAsked = (amount: number): PaymentInput => ({ kind: 'REFUND_ASKED', amount: pounds(amount) })
const provider = (outcome: Outcome): PaymentInput => ({ kind: 'PROVIDER_CALLED', outcome })

const captured = provider({ kind: 'CAPTURED' })
const declined = provider({ kind: 'DECLINED', reason: 'card_declined' })
const refunded = provider({ kind: 'REFUNDED' })
const neverSeen = provider({ kind: 'NEVER_SEEN' })
const error = provider({ kind: 'ERROR' })
const noAnswer = provider({ kind: 'NO_ANSWER' })

const { given } = behaviourOf<Payment | undefined, PaymentInput, PaymentEvent, Decision>({
  decide,
  evolve,
  initial: undefined,
})

describe('when the order asks for the capture', () => {
  test('then it is to be captured, and nothing has come back', () => {
    const { state, answer } = given().when(captureAsked)
    expect(state).toMatchObject({ status: 'PENDING', next: 'CAPTURE', refunded: pounds(0), version: 1, attempts: 0 })
    expect(answer).toBeNull()
  })

  test.each<[PaymentStatus, PaymentInput[], string | null]>([
    ['PENDING', [], null],
    ['UNKNOWN', [noAnswer], null],
    ['DECLINED', [declined], 'DECLINED'],
    ['CAPTURED', [captured], 'CAPTURED'],
    ['REFUNDED', [captured, refundAsked(1_000), refunded], 'CAPTURED'],
    ['PARTIALLY_REFUNDED', [captured, refundAsked(1), refunded], 'CAPTURED'],
  ])('again and it is %s, then the answer is repeated and nothing changes', (status, happened, repeated) => {
    const payment = given(captureAsked, ...happened)
    expect(payment.state?.status).toBe(status)
    expect(payment.when(captureAsked)).toMatchObject({ answer: repeated, changed: false })
  })
})

describe('when the provider answers a capture', () => {
  test('that it has the money, then the order is answered so', () => {
    const { state, answer } = given(captureAsked, error, error).when(captured)
    expect(state).toMatchObject({ status: 'CAPTURED', next: null, attempts: 0, version: 4 })
    expect(answer).toBe('CAPTURED')
  })

  test('that it declines, then the order is answered so, with the reason', () => {
    const { state, answer } = given(captureAsked).when(declined)
    expect(state).toMatchObject({ status: 'DECLINED', declineReason: 'card_declined', next: null })
    expect(answer).toBe('DECLINED')
  })

  test.each([error, refunded])('with %o, then it is asked the same again', (input) => {
    const { state, answer, pause } = given(captureAsked).when(input)
    expect(state).toMatchObject({ status: 'PENDING', next: 'CAPTURE', attempts: 1 })
    expect({ answer, pause }).toEqual({ answer: null, pause: 250 })
  })

  test('with nothing, then the outcome is unknown, and is asked for', () => {
    const { state, answer, pause } = given(captureAsked).when(noAnswer)
    expect(state).toMatchObject({ status: 'UNKNOWN', next: 'FIND', attempts: 1 })
    expect({ answer, pause }).toEqual({ answer: null, pause: 250 })
  })

  test.each([captured, declined, refunded, neverSeen, error, noAnswer])(
    'with %o after it is settled or before it was asked for, then nothing changes',
    (input) => {
      for (const settled of [given(captureAsked, captured), given(captureAsked, declined), given()]) {
        expect(settled.when(input)).toMatchObject({ answer: null, changed: false })
      }
    },
  )
})

describe('when the outcome is asked for', () => {
  const unknown = given(captureAsked, noAnswer)

  test('and the provider captured, then the order is answered so', () => {
    const { state, answer } = unknown.when(captured)
    expect(state?.status).toBe('CAPTURED')
    expect(answer).toBe('CAPTURED')
  })

  test('and the provider has never seen it, then it is captured by the same key', () => {
    const { state, answer } = unknown.when(neverSeen)
    expect(state).toMatchObject({ status: 'PENDING', next: 'CAPTURE', attempts: 1 })
    expect(answer).toBeNull()
  })

  test('and fails time and again, then the pauses grow to a minute', () => {
    const pauses = Array.from({ length: 10 }, (_, failures) => {
      const payment = unknown.and(...Array<PaymentInput>(failures).fill(noAnswer))
      expect(payment.state).toMatchObject({ status: 'UNKNOWN', next: 'FIND' })
      return payment.when(noAnswer).pause
    })
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000])
  })
})

describe('who is charged has to be known', () => {
  test.each<[Payment['next'], PaymentInput[], boolean]>([
    ['CAPTURE', [], true],
    ['FIND', [noAnswer], true],
    ['REFUND', [captured, refundAsked(1)], false],
    [null, [captured], false],
  ])('while the next call is %s: %s', (next, happened, needed) => {
    const payment = given(captureAsked, ...happened).state
    expect(payment?.next).toBe(next)
    expect(payment && needsPaymentMethod(payment)).toBe(needed)
  })
})

describe('when the order asks for its money back', () => {
  test('then the provider is to be asked', () => {
    const { state, answer } = given(captureAsked, captured).when(refundAsked(1_000))
    expect(state).toMatchObject({ status: 'CAPTURED', next: 'REFUND', refundAsked: pounds(1_000), version: 3 })
    expect(answer).toBeNull()
  })

  test('then never for more than is left of it', () => {
    const partly = given(captureAsked, captured, refundAsked(300), refunded)
    expect(partly.when(refundAsked(1_000)).state?.refundAsked).toEqual(pounds(700))
  })

  test('and did so before, then the refund that is under way goes on', () => {
    const { answer, changed } = given(captureAsked, captured, refundAsked(1_000), error).when(refundAsked(1_000))
    expect({ answer, changed }).toEqual({ answer: null, changed: false })
  })

  test.each<[PaymentStatus, PaymentInput[]]>([
    ['DECLINED', [declined]],
    ['REFUNDED', [captured, refundAsked(1_000), refunded]],
  ])('and it is %s, then there is nothing to give back', (_status, happened) => {
    const { answer, changed } = given(captureAsked, ...happened).when(refundAsked(1_000))
    expect({ answer, changed }).toEqual({ answer: 'REFUNDED', changed: false })
  })

  test.each<[PaymentStatus, PaymentInput[]]>([
    ['PENDING', []],
    ['UNKNOWN', [noAnswer]],
  ])('and it is %s, then it has to wait', (_status, happened) => {
    expect(() => given(captureAsked, ...happened).when(refundAsked(1_000))).toThrow('its outcome is not known')
  })

  test('of a payment that never was, then that is a fault', () => {
    expect(() => given().when(refundAsked(1_000))).toThrow('no payment to refund')
    expect(() => evolve(undefined, { kind: 'REFUNDED' })).toThrow('never opened')
  })
})

describe('when the provider answers a refund', () => {
  const beingRefunded = given(captureAsked, captured, refundAsked(1_000))

  test('that all came back, then the order is answered so', () => {
    const { state, answer } = beingRefunded.when(refunded)
    expect(state).toMatchObject({ status: 'REFUNDED', refunded: pounds(1_000), next: null })
    expect(answer).toBe('REFUNDED')
  })

  test('that a part came back, then it is partly refunded', () => {
    const partly = given(captureAsked, captured, refundAsked(400), refunded)
    expect(partly.state).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: pounds(400), next: null })
    const rest = partly.and(refundAsked(600), refunded)
    expect(rest.state).toMatchObject({ status: 'REFUNDED', refunded: pounds(1_000) })
  })

  test.each([noAnswer, error, captured, declined, neverSeen])('with %o, then it is asked again', (input) => {
    const { state, answer, pause } = beingRefunded.when(input)
    expect(state).toEqual({ ...beingRefunded.state, attempts: 1, version: 4 })
    expect({ answer, pause }).toEqual({ answer: null, pause: 250 })
  })
})
