import { describe, expect, test } from 'vitest'

import {
  availableUnits,
  decide,
  mergeLines,
  shortagesOf,
  unitsChanged,
  type Command,
  type Decision,
  type Reservation,
  type StockLevel,
} from './domain.ts'

const asked = [
  { variantId: 'mug', quantity: 2 },
  { variantId: 'cup', quantity: 1 },
  { variantId: 'mug', quantity: 3 },
]
const merged = [
  { variantId: 'cup', quantity: 1 },
  { variantId: 'mug', quantity: 5 },
]
const before = [{ variantId: 'jug', quantity: 4 }]

const none: Reservation = { state: 'NONE' }
const held: Reservation = { state: 'HELD', lines: before }
const committed: Reservation = { state: 'COMMITTED', lines: before }
const released: Reservation = { state: 'RELEASED', why: 'ASKED' }
const expired: Reservation = { state: 'RELEASED', why: 'EXPIRED' }

const reserve: Command = { kind: 'RESERVE', lines: asked }
const commit: Command = { kind: 'COMMIT', lines: asked }
const release: Command = { kind: 'RELEASE', why: 'ASKED' }

describe('when stock is', () => {
  test.each<[string, string, Command, Reservation, Decision]>([
    ['reserved', 'nothing is', reserve, none, { kind: 'HOLD', lines: merged }],
    ['reserved', 'it is held', reserve, held, { kind: 'RESERVED_ALREADY' }],
    ['reserved', 'it is committed', reserve, committed, { kind: 'RESERVED_ALREADY' }],
    ['reserved', 'it was released before', reserve, released, { kind: 'REFUSE' }],
    ['reserved', 'it has expired', reserve, expired, { kind: 'REFUSE' }],
    ['committed', 'it is held', commit, held, { kind: 'SELL_HELD', lines: before }],
    ['committed', 'it is committed', commit, committed, { kind: 'COMMITTED_ALREADY' }],
    ['committed', 'nothing is held', commit, none, { kind: 'TAKE', lines: merged }],
    ['committed', 'the hold has expired', commit, expired, { kind: 'TAKE', lines: merged }],
    ['committed', 'it was released', commit, released, { kind: 'REFUSE' }],
    ['released', 'nothing is held yet', release, none, { kind: 'BURY' }],
    ['released', 'it is held', release, held, { kind: 'FREE_HELD', lines: before }],
    ['released', 'it is committed', release, committed, { kind: 'PUT_BACK', lines: before }],
    ['released', 'it is released', release, released, { kind: 'RELEASED_ALREADY' }],
    ['released', 'it has expired', release, expired, { kind: 'RELEASED_ALREADY' }],
  ])('%s while %s, then it is decided so', (_what, _given, command, reservation, decision) => {
    expect(decide(command, reservation)).toEqual(decision)
  })

  test('moved, then what is on hand and what is held change so that no unit appears or is lost', () => {
    const free = (kind: keyof typeof unitsChanged) => unitsChanged[kind].onHand - unitsChanged[kind].held
    expect(free('HOLD')).toBe(-1)
    expect(free('TAKE')).toBe(-1)
    expect(free('SELL_HELD')).toBe(0)
    expect(free('FREE_HELD')).toBe(1)
    expect(free('PUT_BACK')).toBe(1)
  })
})

describe('given the lines of an order', () => {
  test('then there is one a variant, in the order of their ids', () => {
    expect(mergeLines(asked)).toEqual(merged)
    expect(mergeLines([...merged].reverse())).toEqual(merged)
    expect(mergeLines(merged)).toEqual(merged)
  })

  test('then it is short of what exceeds what can be promised, and of what is not stocked', () => {
    const level = (variantId: string, onHand: number): StockLevel => ({ variantId, onHand, held: 2, version: 1 })
    expect(availableUnits(level('mug', 7))).toBe(5)
    expect(shortagesOf(merged, [level('mug', 7), level('cup', 3)])).toEqual([])
    expect(shortagesOf(merged, [level('mug', 6)])).toEqual([
      { variantId: 'cup', requested: 1, available: 0 },
      { variantId: 'mug', requested: 5, available: 4 },
    ])
  })
})
