import { describe, expect, it } from 'vitest'

import { behaviourOf } from '../../../tests/support/behaviour.ts'
import { initialCheckout, owedCommands, patience, type CheckoutState, type Input } from './checkout.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'

const reserved: Input = { kind: 'STOCK_RESERVED' }
const short: Input = { kind: 'STOCK_REFUSED', short: true }
const committed: Input = { kind: 'STOCK_COMMITTED' }
const released: Input = { kind: 'STOCK_RELEASED', why: 'ASKED' }
const expired: Input = { kind: 'STOCK_RELEASED', why: 'EXPIRED' }
const captured: Input = { kind: 'PAYMENT_CAPTURED' }
const declined: Input = { kind: 'PAYMENT_DECLINED' }
const refunded: Input = { kind: 'PAYMENT_REFUNDED' }
const cancel: Input = { kind: 'CANCEL_ORDER' }
const late: Input = { kind: 'DEADLINE_PASSED' }
const placed: Input = { kind: 'PLACE_ORDER' }

const answers = [reserved, short, committed, released, expired, captured, declined, refunded]
const settled = [reserved, captured, committed]

const checkouts = behaviourOf({ decide, evolve, initial: initialCheckout })
const { givenState } = checkouts

/** A checkout that is placed, and all that has happened to it since. */
const given = (...happened: Input[]) => checkouts.given(placed, ...happened)

describe('a checkout that goes well', () => {
  it('reserves stock when it is placed', () => {
    const { commands, state } = givenState(initialCheckout).when(placed)
    expect(commands).toEqual(['RESERVE_STOCK'])
    expect(state).toMatchObject({ state: 'RESERVING', status: 'PENDING', attempt: 1 })
  })

  it('asks for the money once stock is held', () => {
    const { commands, state } = given().when(reserved)
    expect(commands).toEqual(['CAPTURE_PAYMENT'])
    expect(state).toMatchObject({ state: 'CAPTURING', stock: 'HELD' })
  })

  it('takes the stock once it is paid', () => {
    const { commands, state } = given(reserved).when(captured)
    expect(commands).toEqual(['COMMIT_STOCK'])
    expect(state).toMatchObject({ state: 'COMMITTING', money: 'CAPTURED' })
  })

  it('is confirmed once the stock is taken', () => {
    const { commands, state } = given(reserved, captured).when(committed)
    expect(commands).toEqual([])
    expect(state).toMatchObject({ state: 'COMPLETED', status: 'CONFIRMED', stock: 'TAKEN', money: 'CAPTURED' })
  })
})

describe('a checkout that fails', () => {
  it('is rejected at once when there is too little stock', () => {
    const { commands, state } = given().when(short)
    expect(commands).toEqual([])
    expect(state).toMatchObject({ state: 'REJECTED', status: 'REJECTED', reason: 'OUT_OF_STOCK' })
  })

  it('is in conflict when it is refused though nothing is short', () => {
    expect(given().when({ kind: 'STOCK_REFUSED', short: false }).state.reason).toBe('CONFLICT')
  })

  it('frees the stock when the payment is declined, and is rejected then', () => {
    const { commands, state } = given(reserved).when(declined)
    expect(commands).toEqual(['RELEASE_STOCK'])
    expect(state).toMatchObject({ state: 'COMPENSATING', status: 'PENDING' })
    expect(givenState(state).when(released).state).toMatchObject({
      status: 'REJECTED',
      reason: 'PAYMENT_DECLINED',
      stock: 'FREED',
      money: 'NONE',
    })
  })

  it('takes an expiry for the release when the hold ran out first', () => {
    expect(given(reserved, declined).when(expired).state.status).toBe('REJECTED')
  })

  it('pays back and lets go when the hold had run out and the stock is gone', () => {
    const { commands, state } = given(reserved, captured).when(short)
    expect(commands).toEqual(['REFUND_PAYMENT', 'RELEASE_STOCK'])
    const paidBack = givenState(state).when(refunded).state
    expect(paidBack).toMatchObject({ state: 'COMPENSATING', money: 'REFUNDED' })
    expect(givenState(paidBack).when(released).state).toMatchObject({
      status: 'REJECTED',
      reason: 'OUT_OF_STOCK',
    })
  })

  it('goes on when the hold runs out while the payment is asked for', () => {
    expect(given(reserved).when(expired).changed).toBe(false)
    expect(given(reserved, expired, captured, committed).state.status).toBe('CONFIRMED')
  })
})

describe('a cancellation', () => {
  it('of a confirmed order pays back and puts back, and is done after both', () => {
    const { commands, state } = given(...settled).when(cancel)
    expect(commands).toEqual(['REFUND_PAYMENT', 'RELEASE_STOCK'])
    expect(state).toMatchObject({ state: 'COMPENSATING', status: 'CONFIRMED' })
    const putBack = givenState(state).when(released).state
    expect(putBack.status).toBe('CONFIRMED')
    expect(givenState(putBack).when(refunded).state).toMatchObject({ status: 'CANCELLED', reason: null })
  })

  it.each([
    { what: 'reserved', before: [], answer: reserved, owed: ['RELEASE_STOCK'] },
    { what: 'paid', before: [reserved], answer: captured, owed: ['REFUND_PAYMENT', 'RELEASE_STOCK'] },
    { what: 'taken', before: [reserved, captured], answer: committed, owed: ['REFUND_PAYMENT', 'RELEASE_STOCK'] },
  ])('waits until it is known that the order is $what, and gives that back', ({ before, answer, owed }) => {
    const asked = given(...before).when(cancel)
    expect(asked.commands).toEqual([])
    expect(asked.state).toMatchObject({ status: 'PENDING', cancelRequested: true })
    const { commands, state } = givenState(asked.state).when(answer)
    expect(commands).toEqual(owed)
    expect(state.state).toBe('COMPENSATING')
    expect(given(...before, cancel, answer, refunded, released).state.status).toBe('CANCELLED')
  })

  it.each([
    ['there is too little stock', [cancel, short]],
    ['the payment is declined', [reserved, cancel, declined, released]],
    ['the stock is gone when it is paid', [reserved, captured, cancel, short, refunded, released]],
  ])('stands also when %s', (_what, happened) => {
    expect(given(...happened).state).toMatchObject({ status: 'CANCELLED', reason: null })
  })

  it('asked for twice is one', () => {
    for (const happened of [[], [reserved], [reserved, captured], settled]) {
      expect(given(...happened, cancel).when(cancel).changed).toBe(false)
    }
  })

  it('of an order that is being rejected leaves it rejected', () => {
    expect(given(reserved, declined, cancel, released).state.status).toBe('REJECTED')
  })

  it.each(['SHIPPED', 'DELIVERED'] as const)('of an order that is %s changes nothing', (status) => {
    expect(givenState({ ...given(...settled).state, status }).when(cancel).changed).toBe(false)
  })
})

describe('time that passes', () => {
  it.each([
    ['reserving', [], ['RESERVE_STOCK']],
    ['capturing', [reserved], ['CAPTURE_PAYMENT']],
    ['committing', [reserved, captured], ['COMMIT_STOCK']],
    ['compensating', [...settled, cancel], ['REFUND_PAYMENT', 'RELEASE_STOCK']],
    ['paying back', [...settled, cancel, released], ['REFUND_PAYMENT']],
  ])('repeats what nobody has answered while %s', (_what, happened, commands) => {
    const before = given(...happened).state
    const repeated = givenState(before).when(late)
    expect(repeated.commands).toEqual(commands)
    expect(repeated.state).toEqual({ ...before, attempt: 2 })
    expect(givenState(repeated.state).when(late).state.attempt).toBe(3)
  })

  it.each([
    ['before it is placed', initialCheckout],
    ['when it is confirmed', given(...settled).state],
    ['when it is rejected', given(short).state],
    ['when it is cancelled', given(...settled, cancel, released, refunded).state],
  ])('means nothing %s', (_when, checkout) => {
    expect(givenState(checkout).when(late)).toMatchObject({ changed: false, commands: [] })
    expect(patience(checkout, 30_000)).toBeNull()
  })

  it('is allowed more of with each attempt, up to twenty times as much', () => {
    const waits = [1, 2, 19, 20, 21].map((attempt) => patience({ ...given().state, attempt }, 30_000))
    expect(waits).toEqual([30_000, 60_000, 570_000, 600_000, 600_000])
  })

  it('starts anew with each step', () => {
    expect(given(late, late, reserved).state.attempt).toBe(1)
  })
})

describe('an answer that is late or comes twice', () => {
  it.each<[CheckoutState, Input[], Input[]]>([
    ['NONE', [], []],
    ['RESERVING', [], [committed, released, expired, captured, declined, refunded]],
    ['CAPTURING', [reserved], [reserved, short, committed, released, expired, refunded]],
    ['COMMITTING', [reserved, captured], [reserved, released, expired, captured, declined, refunded]],
    ['COMPLETED', settled, answers],
    ['COMPENSATING', [...settled, cancel], [reserved, short, committed, expired, captured, declined]],
    ['REJECTED', [reserved, declined, released], [reserved, short, released, expired, declined, refunded]],
    ['CANCELLED', [...settled, cancel, released, refunded], [reserved, short, released, expired, captured, refunded]],
  ])('changes nothing of a checkout that is %s', (state, happened, ignored) => {
    const checkout = state === 'NONE' ? initialCheckout : given(...happened).state
    expect(checkout.state).toBe(state)
    for (const input of state === 'NONE' ? [...answers, cancel] : [...ignored, placed]) {
      expect(givenState(checkout).when(input), input.kind).toMatchObject({ changed: false, commands: [] })
    }
  })
})

describe('what turns up when an order is given up', () => {
  it('is let go when it is a hold that was refused first', () => {
    const { commands, state } = given(short).when(reserved)
    expect(commands).toEqual(['RELEASE_STOCK'])
    expect(state.status).toBe('REJECTED')
    expect(patience(state, 30_000)).toBe(30_000)
    expect(owedCommands(givenState(state).when(released).state)).toEqual([])
  })

  it('is put back when a repeated commit has taken stock after all', () => {
    const freed = given(reserved, captured, short, released)
    const { commands, state } = freed.when(committed)
    expect(commands).toEqual(['RELEASE_STOCK'])
    expect(givenState(state).when(refunded).state.state).toBe('COMPENSATING')
    expect(givenState(state).and(refunded, released).state.state).toBe('REJECTED')
  })

  it('is waited for when a commit overtakes the release: an expiry is out of date then', () => {
    const taken = given(reserved, captured, short).when(committed)
    expect(taken.commands).toEqual([])
    expect(givenState(taken.state).when(expired).changed).toBe(false)
    expect(givenState(taken.state).when(released).state.stock).toBe('FREED')
  })

  it('is paid back when the payment was captured after all', () => {
    const { commands, state } = given(reserved, declined, released).when(captured)
    expect(commands).toEqual(['REFUND_PAYMENT'])
    expect(givenState(state).when(refunded).state).toMatchObject({ status: 'REJECTED', money: 'REFUNDED' })
  })
})
