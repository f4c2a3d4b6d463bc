import { describe, expect, it } from 'vitest'

import { initialCheckout, owedCommands, patience, type Checkout, type CheckoutState, type Input } from './checkout.ts'
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

/** The checkout after all that has happened. */
function given(...happened: Input[]): Checkout {
  return [placed, ...happened].reduce(
    (checkout, input) => decide(input, checkout).events.reduce(evolve, checkout),
    initialCheckout,
  )
}

/** What the next input comes to: the commands it sends, and the checkout after it. */
function when(input: Input, checkout: Checkout) {
  const { events, commands } = decide(input, checkout)
  return { commands, after: events.reduce(evolve, checkout), changed: events.length > 0 }
}

describe('a checkout that goes well', () => {
  it('reserves stock when it is placed', () => {
    const { commands, after } = when(placed, initialCheckout)
    expect(commands).toEqual(['RESERVE_STOCK'])
    expect(after).toMatchObject({ state: 'RESERVING', status: 'PENDING', attempt: 1 })
  })

  it('asks for the money once stock is held', () => {
    const { commands, after } = when(reserved, given())
    expect(commands).toEqual(['CAPTURE_PAYMENT'])
    expect(after).toMatchObject({ state: 'CAPTURING', stock: 'HELD' })
  })

  it('takes the stock once it is paid', () => {
    const { commands, after } = when(captured, given(reserved))
    expect(commands).toEqual(['COMMIT_STOCK'])
    expect(after).toMatchObject({ state: 'COMMITTING', money: 'CAPTURED' })
  })

  it('is confirmed once the stock is taken', () => {
    const { commands, after } = when(committed, given(reserved, captured))
    expect(commands).toEqual([])
    expect(after).toMatchObject({ state: 'COMPLETED', status: 'CONFIRMED', stock: 'TAKEN', money: 'CAPTURED' })
  })
})

describe('a checkout that fails', () => {
  it('is rejected at once when there is too little stock', () => {
    const { commands, after } = when(short, given())
    expect(commands).toEqual([])
    expect(after).toMatchObject({ state: 'REJECTED', status: 'REJECTED', reason: 'OUT_OF_STOCK' })
  })

  it('is in conflict when it is refused though nothing is short', () => {
    expect(when({ kind: 'STOCK_REFUSED', short: false }, given()).after.reason).toBe('CONFLICT')
  })

  it('frees the stock when the payment is declined, and is rejected then', () => {
    const { commands, after } = when(declined, given(reserved))
    expect(commands).toEqual(['RELEASE_STOCK'])
    expect(after).toMatchObject({ state: 'COMPENSATING', status: 'PENDING' })
    expect(when(released, after).after).toMatchObject({
      status: 'REJECTED',
      reason: 'PAYMENT_DECLINED',
      stock: 'FREED',
      money: 'NONE',
    })
  })

  it('takes an expiry for the release when the hold ran out first', () => {
    expect(when(expired, given(reserved, declined)).after.status).toBe('REJECTED')
  })

  it('pays back and lets go when the hold had run out and the stock is gone', () => {
    const { commands, after } = when(short, given(reserved, captured))
    expect(commands).toEqual(['REFUND_PAYMENT', 'RELEASE_STOCK'])
    const paidBack = when(refunded, after).after
    expect(paidBack).toMatchObject({ state: 'COMPENSATING', money: 'REFUNDED' })
    expect(when(released, paidBack).after).toMatchObject({ status: 'REJECTED', reason: 'OUT_OF_STOCK' })
  })

  it('goes on when the hold runs out while the payment is asked for', () => {
    expect(when(expired, given(reserved)).changed).toBe(false)
    expect(given(reserved, expired, captured, committed).status).toBe('CONFIRMED')
  })
})

describe('a cancellation', () => {
  it('of a confirmed order pays back and puts back, and is done after both', () => {
    const { commands, after } = when(cancel, given(...settled))
    expect(commands).toEqual(['REFUND_PAYMENT', 'RELEASE_STOCK'])
    expect(after).toMatchObject({ state: 'COMPENSATING', status: 'CONFIRMED' })
    const putBack = when(released, after).after
    expect(putBack.status).toBe('CONFIRMED')
    expect(when(refunded, putBack).after).toMatchObject({ status: 'CANCELLED', reason: null })
  })

  it.each([
    { what: 'reserved', before: [], answer: reserved, owed: ['RELEASE_STOCK'] },
    { what: 'paid', before: [reserved], answer: captured, owed: ['REFUND_PAYMENT', 'RELEASE_STOCK'] },
    { what: 'taken', before: [reserved, captured], answer: committed, owed: ['REFUND_PAYMENT', 'RELEASE_STOCK'] },
  ])('waits until it is known that the order is $what, and gives that back', ({ before, answer, owed }) => {
    const asked = when(cancel, given(...before))
    expect(asked.commands).toEqual([])
    expect(asked.after).toMatchObject({ status: 'PENDING', cancelRequested: true })
    const { commands, after } = when(answer, asked.after)
    expect(commands).toEqual(owed)
    expect(after.state).toBe('COMPENSATING')
    expect(given(...before, cancel, answer, refunded, released).status).toBe('CANCELLED')
  })

  it.each([
    ['there is too little stock', [cancel, short]],
    ['the payment is declined', [reserved, cancel, declined, released]],
    ['the stock is gone when it is paid', [reserved, captured, cancel, short, refunded, released]],
  ])('stands also when %s', (_what, happened) => {
    expect(given(...happened)).toMatchObject({ status: 'CANCELLED', reason: null })
  })

  it('asked for twice is one', () => {
    for (const happened of [[], [reserved], [reserved, captured], settled]) {
      expect(when(cancel, given(...happened, cancel)).changed).toBe(false)
    }
  })

  it('of an order that is being rejected leaves it rejected', () => {
    expect(given(reserved, declined, cancel, released).status).toBe('REJECTED')
  })

  it.each(['SHIPPED', 'DELIVERED'] as const)('of an order that is %s changes nothing', (status) => {
    expect(when(cancel, { ...given(...settled), status }).changed).toBe(false)
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
    const before = given(...happened)
    const repeated = when(late, before)
    expect(repeated.commands).toEqual(commands)
    expect(repeated.after).toEqual({ ...before, attempt: 2 })
    expect(when(late, repeated.after).after.attempt).toBe(3)
  })

  it.each([
    ['before it is placed', initialCheckout],
    ['when it is confirmed', given(...settled)],
    ['when it is rejected', given(short)],
    ['when it is cancelled', given(...settled, cancel, released, refunded)],
  ])('means nothing %s', (_when, checkout) => {
    expect(when(late, checkout)).toMatchObject({ changed: false, commands: [] })
    expect(patience(checkout, 30_000)).toBeNull()
  })

  it('is allowed more of with each attempt, up to twenty times as much', () => {
    const waits = [1, 2, 19, 20, 21].map((attempt) => patience({ ...given(), attempt }, 30_000))
    expect(waits).toEqual([30_000, 60_000, 570_000, 600_000, 600_000])
  })

  it('starts anew with each step', () => {
    expect(given(late, late, reserved).attempt).toBe(1)
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
    const checkout = state === 'NONE' ? initialCheckout : given(...happened)
    expect(checkout.state).toBe(state)
    for (const input of state === 'NONE' ? [...answers, cancel] : [...ignored, placed]) {
      expect(when(input, checkout), input.kind).toMatchObject({ changed: false, commands: [] })
    }
  })
})

describe('what turns up when an order is given up', () => {
  it('is let go when it is a hold that was refused first', () => {
    const { commands, after } = when(reserved, given(short))
    expect(commands).toEqual(['RELEASE_STOCK'])
    expect(after.status).toBe('REJECTED')
    expect(patience(after, 30_000)).toBe(30_000)
    expect(owedCommands(when(released, after).after)).toEqual([])
  })

  it('is put back when a repeated commit has taken stock after all', () => {
    const freed = given(reserved, captured, short, released)
    const { commands, after } = when(committed, freed)
    expect(commands).toEqual(['RELEASE_STOCK'])
    expect(when(refunded, after).after.state).toBe('COMPENSATING')
    expect(when(released, when(refunded, after).after).after.state).toBe('REJECTED')
  })

  it('is waited for when a commit overtakes the release: an expiry is old news then', () => {
    const taken = when(committed, given(reserved, captured, short))
    expect(taken.commands).toEqual([])
    expect(when(expired, taken.after).changed).toBe(false)
    expect(when(released, taken.after).after.stock).toBe('FREED')
  })

  it('is paid back when the payment was captured after all', () => {
    const { commands, after } = when(captured, given(reserved, declined, released))
    expect(commands).toEqual(['REFUND_PAYMENT'])
    expect(when(refunded, after).after).toMatchObject({ status: 'REJECTED', money: 'REFUNDED' })
  })
})
