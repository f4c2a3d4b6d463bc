import { describe, expect, test } from 'vitest'

import {
  availableUnits,
  decide,
  mergeLines,
  shortagesOf,
  stockedShelf,
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
  test.each<{ what: string; given: string; command: Command; reservation: Reservation; decision: Decision }>([
    {
      what: 'reserved',
      given: 'nothing is',
      command: reserve,
      reservation: none,
      decision: { kind: 'HOLD', lines: merged },
    },
    {
      what: 'reserved',
      given: 'it is held',
      command: reserve,
      reservation: held,
      decision: { kind: 'RESERVED_ALREADY' },
    },
    {
      what: 'reserved',
      given: 'it is committed',
      command: reserve,
      reservation: committed,
      decision: { kind: 'RESERVED_ALREADY' },
    },
    {
      what: 'reserved',
      given: 'it was released before',
      command: reserve,
      reservation: released,
      decision: { kind: 'REFUSE' },
    },
    { what: 'reserved', given: 'it has expired', command: reserve, reservation: expired, decision: { kind: 'REFUSE' } },
    {
      what: 'committed',
      given: 'it is held',
      command: commit,
      reservation: held,
      decision: { kind: 'SELL_HELD', lines: before },
    },
    {
      what: 'committed',
      given: 'it is committed',
      command: commit,
      reservation: committed,
      decision: { kind: 'COMMITTED_ALREADY' },
    },
    {
      what: 'committed',
      given: 'nothing is held',
      command: commit,
      reservation: none,
      decision: { kind: 'TAKE', lines: merged },
    },
    {
      what: 'committed',
      given: 'the hold has expired',
      command: commit,
      reservation: expired,
      decision: { kind: 'TAKE', lines: merged },
    },
    {
      what: 'committed',
      given: 'it was released',
      command: commit,
      reservation: released,
      decision: { kind: 'REFUSE' },
    },
    { what: 'released', given: 'nothing is held yet', command: release, reservation: none, decision: { kind: 'BURY' } },
    {
      what: 'released',
      given: 'it is held',
      command: release,
      reservation: held,
      decision: { kind: 'FREE_HELD', lines: before },
    },
    {
      what: 'released',
      given: 'it is committed',
      command: release,
      reservation: committed,
      decision: { kind: 'PUT_BACK', lines: before },
    },
    {
      what: 'released',
      given: 'it is released',
      command: release,
      reservation: released,
      decision: { kind: 'RELEASED_ALREADY' },
    },
    {
      what: 'released',
      given: 'it has expired',
      command: release,
      reservation: expired,
      decision: { kind: 'RELEASED_ALREADY' },
    },
  ])('$what and $given, then the decision is to $decision.kind', ({ command, reservation, decision }) => {
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
    expect(shortagesOf(merged, stockedShelf([level('mug', 7), level('cup', 3)]))).toEqual([])
    expect(shortagesOf(merged, stockedShelf([level('mug', 6)]))).toEqual([
      { variantId: 'cup', requested: 1, available: 0 },
      { variantId: 'mug', requested: 5, available: 4 },
    ])
  })

  test('then the next order finds what this one leaves on the shelf', () => {
    const shelf = stockedShelf([{ variantId: 'mug', onHand: 7, held: 2, version: 1 }])
    const five = [{ variantId: 'mug', quantity: 5 }]
    shelf.move(five, unitsChanged.HOLD)
    expect(shelf.available('mug')).toBe(0)
    shelf.move(five, unitsChanged.SELL_HELD)
    expect(shelf.available('mug')).toBe(0)
    shelf.move(five, unitsChanged.PUT_BACK)
    expect(shelf.available('mug')).toBe(5)
  })
})
