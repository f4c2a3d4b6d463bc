import { describe, expect, test } from 'vitest'

import { behaviourOf } from '../../../tests/support/behaviour.ts'
import { decide, decideInTurn, decideSetStock, type OrderAnswer } from './decide.ts'
import { evolve } from './evolve.ts'
import {
  availableUnits,
  emptyInventory,
  unitsMoved,
  variantsOf,
  type Inventory,
  type OrderCommand,
  type StockedUnits,
} from './inventory.ts'

const orderId = 'order'
const lines = [
  { variantId: 'mug', quantity: 2 },
  { variantId: 'cup', quantity: 1 },
  { variantId: 'mug', quantity: 3 },
]
const reserve: OrderCommand = { kind: 'RESERVE', orderId, lines }
const commit: OrderCommand = { kind: 'COMMIT', orderId, lines }
const release: OrderCommand = { kind: 'RELEASE', orderId }
const expire: OrderCommand = { kind: 'EXPIRE', orderId }

function stocked(stock: Readonly<Record<string, StockedUnits>>): Inventory {
  return { ...emptyInventory, stock: new Map(Object.entries(stock)) }
}
const fiveMugsOneCup = stocked({ mug: { onHand: 5, held: 0 }, cup: { onHand: 1, held: 0 } })

const { givenState } = behaviourOf({ decide, evolve, initial: emptyInventory })
const given = (...commands: OrderCommand[]) => givenState(fiveMugsOneCup).and(...commands)

const untouched = { mug: { onHand: 5, held: 0 }, cup: { onHand: 1, held: 0 } }
const allHeld = { mug: { onHand: 5, held: 5 }, cup: { onHand: 1, held: 1 } }
const allSold = { mug: { onHand: 0, held: 0 }, cup: { onHand: 0, held: 0 } }
const refused = { kind: 'REFUSED', shortages: [] } as const

/** The decision on a command: its answer, whether anything changes, and the stock after it. */
function outcome(command: OrderCommand, before: OrderCommand[]) {
  const { answer, changed, state } = given(...before).when(command)
  return { answer, changed, stock: Object.fromEntries(state.stock) }
}

type Row = [before: string, given: OrderCommand[], answer: OrderAnswer | null, changed: boolean, stock: object]

describe('when an order reserves', () => {
  test.each<Row>([
    ['nothing', [], { kind: 'RESERVED' }, true, allHeld],
    ['a reservation', [reserve], { kind: 'RESERVED' }, false, allHeld],
    ['a commit', [reserve, commit], { kind: 'COMMITTED' }, false, allSold],
    ['a release', [reserve, release], refused, false, untouched],
    ['a release that overtook it', [release], refused, false, untouched],
    ['an expiry', [reserve, expire], refused, false, untouched],
  ])('after %s', (...[, before, answer, changed, stock]) => {
    expect(outcome(reserve, before)).toEqual({ answer, changed, stock })
  })
})

describe('when an order commits', () => {
  test.each<Row>([
    ['nothing', [], { kind: 'COMMITTED' }, true, allSold],
    ['a reservation', [reserve], { kind: 'COMMITTED' }, true, allSold],
    ['a commit', [reserve, commit], { kind: 'COMMITTED' }, false, allSold],
    ['a release', [reserve, release], refused, false, untouched],
    ['an expiry, while the units are still there', [reserve, expire], { kind: 'COMMITTED' }, true, allSold],
    ['an expiry and a release that overtook it', [reserve, expire, release], refused, false, untouched],
  ])('after %s', (...[, before, answer, changed, stock]) => {
    expect(outcome(commit, before)).toEqual({ answer, changed, stock })
  })

  test('after an expiry, but others have the units, then it is refused with what is short', () => {
    const others: OrderCommand = { kind: 'COMMIT', orderId: 'another', lines: [{ variantId: 'mug', quantity: 1 }] }
    const { answer, changed } = given(reserve, expire, others).when(commit)
    expect({ answer, changed }).toEqual({
      answer: { kind: 'REFUSED', shortages: [{ variantId: 'mug', requested: 5, available: 4 }] },
      changed: false,
    })
  })
})

describe('when an order releases', () => {
  const answer = { kind: 'RELEASED', why: 'ASKED' } as const
  test.each<Row>([
    ['nothing', [], answer, true, untouched],
    ['a reservation', [reserve], answer, true, untouched],
    ['a commit', [reserve, commit], answer, true, untouched],
    ['a release', [reserve, release], answer, false, untouched],
    ['an expiry', [reserve, expire], answer, true, untouched],
    ['an expiry and a release', [reserve, expire, release], answer, false, untouched],
  ])('after %s', (...[, before, expected, changed, stock]) => {
    expect(outcome(release, before)).toEqual({ answer: expected, changed, stock })
  })
})

describe('when a reservation expires', () => {
  test('that is held, then its units are free', () => {
    const answer = { kind: 'RELEASED', why: 'EXPIRED' }
    expect(outcome(expire, [reserve])).toEqual({ answer, changed: true, stock: untouched })
  })

  test.each<[string, OrderCommand[], object]>([
    ['that never was', [], untouched],
    ['that is committed', [reserve, commit], allSold],
    ['that is released', [reserve, release], untouched],
  ])('%s, then nothing changes and nobody is answered', (_what, before, stock) => {
    expect(outcome(expire, before)).toEqual({ answer: null, changed: false, stock })
  })
})

describe('when there is too little', () => {
  test('then nothing at all is reserved, and every shortage is named', () => {
    const { answer, changed } = givenState(stocked({ mug: { onHand: 6, held: 2 } })).when(reserve)
    expect(answer).toEqual({
      kind: 'REFUSED',
      shortages: [
        { variantId: 'mug', requested: 5, available: 4 },
        { variantId: 'cup', requested: 1, available: 0 },
      ],
    })
    expect(changed).toBe(false)
  })

  test('then a refused order may reserve later: a refusal leaves no tombstone', () => {
    const short = givenState(stocked({})).and(reserve).state
    expect(givenState({ ...short, stock: fiveMugsOneCup.stock }).when(reserve).answer).toEqual({ kind: 'RESERVED' })
  })
})

describe('when a product is sold no more', () => {
  const discontinued = stocked({
    mug: { onHand: 9, held: 0, discontinued: true },
    cup: { onHand: 9, held: 0 },
  })
  const short = { kind: 'REFUSED', shortages: [{ variantId: 'mug', requested: 5, available: 0 }] }

  test('then nothing of it is reserved, nor taken after an expiry', () => {
    expect(givenState(discontinued).when(reserve)).toMatchObject({ answer: short, changed: false })
    const expired = { ...given(reserve, expire).state, stock: discontinued.stock }
    expect(givenState(expired).when(commit)).toMatchObject({ answer: short, changed: false })
  })

  test('then what was reserved before is sold, and what comes back is not for sale', () => {
    const held = given(reserve).state
    const mug = { onHand: 5, held: 5, discontinued: true }
    const gone = { ...held, stock: new Map(held.stock).set('mug', mug) }
    const sold = givenState(gone).and(commit)
    expect(sold.state.stock.get('mug')).toEqual({ onHand: 0, held: 0, discontinued: true })
    const back = sold.when(release).state.stock.get('mug')
    expect(back).toEqual({ onHand: 5, held: 0, discontinued: true })
    expect(back === undefined ? undefined : availableUnits(back)).toBe(0)
  })
})

describe('given commands of several orders at once', () => {
  const ofOrder = (order: string, quantity: number): OrderCommand => ({
    kind: 'RESERVE',
    orderId: order,
    lines: [{ variantId: 'mug', quantity }],
  })

  test('then each finds what those before it have left', () => {
    const commands = [ofOrder('first', 3), ofOrder('second', 3), ofOrder('third', 2)]
    const { decisions, after } = decideInTurn(commands, fiveMugsOneCup)
    expect(decisions.map(({ answer }) => answer?.kind)).toEqual(['RESERVED', 'REFUSED', 'RESERVED'])
    expect(after.stock.get('mug')).toEqual({ onHand: 5, held: 5 })
    expect([...after.reservations.keys()]).toEqual(['first', 'third'])
  })

  test('then a command that comes twice among them has its effect once', () => {
    const { decisions, after } = decideInTurn([ofOrder('first', 3), ofOrder('first', 3)], fiveMugsOneCup)
    expect(decisions.map(({ answer }) => answer?.kind)).toEqual(['RESERVED', 'RESERVED'])
    expect(after.stock.get('mug')).toEqual({ onHand: 5, held: 3 })
  })
})

describe('when staff set the stock', () => {
  const counting = behaviourOf({ decide: decideSetStock, evolve, initial: emptyInventory })
  const twoOfFiveHeld = counting.givenState(stocked({ mug: { onHand: 5, held: 2 } }))

  test.each([9, 3, 2])('to %i while 2 are held, then that many are on hand and 2 still held', (onHand) => {
    const { answer, state } = twoOfFiveHeld.when({ variantId: 'mug', onHand })
    expect(answer).toEqual({ kind: 'SET' })
    expect(state.stock.get('mug')).toEqual({ onHand, held: 2 })
  })

  test('below what is held, then it is refused and nothing changes', () => {
    const { answer, changed } = twoOfFiveHeld.when({ variantId: 'mug', onHand: 1 })
    expect({ answer, changed }).toEqual({ answer: { kind: 'BELOW_HELD', held: 2 }, changed: false })
  })

  test('to what it is, then nothing changes', () => {
    const { answer, changed } = twoOfFiveHeld.when({ variantId: 'mug', onHand: 5 })
    expect({ answer, changed }).toEqual({ answer: { kind: 'SET' }, changed: false })
  })

  test('of a variant that was never stocked, then there is no such variant', () => {
    const { answer, changed } = counting.given().when({ variantId: 'mug', onHand: 1 })
    expect({ answer, changed }).toEqual({ answer: { kind: 'UNKNOWN_VARIANT' }, changed: false })
  })
})

describe('units', () => {
  test('never appear and are never lost: what leaves the available is held or sold', () => {
    const available = Object.fromEntries(
      Object.entries(unitsMoved).map(([kind, units]) => [kind, availableUnits(units)]),
    )
    expect(available).toEqual({ HELD: -1, TAKEN: -1, SOLD: 0, FREED: 1, PUT_BACK: 1, COUNTED: 1 })
  })

  test('of a variant that was never stocked are counted from none', () => {
    const { stock } = evolve(emptyInventory, { kind: 'COUNTED', lines: [{ variantId: 'mug', quantity: 4 }] })
    expect(stock.get('mug')).toEqual({ onHand: 4, held: 0 })
  })

  test('that a command can move are those it asks for and those its order has been promised', () => {
    const reservation = { state: 'HELD', lines: [{ variantId: 'jug', quantity: 1 }] } as const
    expect(variantsOf(commit, reservation)).toEqual(['mug', 'cup', 'mug', 'jug'])
    expect(variantsOf(release, reservation)).toEqual(['jug'])
    expect(variantsOf(release, undefined)).toEqual([])
    expect(variantsOf(reserve, { state: 'RELEASED', why: 'ASKED' })).toEqual(['mug', 'cup', 'mug'])
  })
})
