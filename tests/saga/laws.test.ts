import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { owedCommands } from '../../subgraphs/orders/domain/checkout.ts'
import { createWorld, type Travelling, type World } from './world.ts'

/** Something that befalls the world; numbers choose among the messages on the road. */
const mishap = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('ARRIVAL' as const), choice: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('REPEAT' as const), choice: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('PROVIDER' as const),
      outcome: fc.constantFrom('CAPTURED', 'CAPTURED', 'CAPTURED', 'DECLINED', 'NO_ANSWER', 'ERROR', 'NEVER_SEEN'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('DEADLINE', 'OTHERS_BUY', 'OTHERS_RETURN') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('CANCELLATION', 'EXPIRY') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('COUNT' as const), onHand: fc.integer({ min: 0, max: 6 }) }) },
)
type Mishap = typeof mishap extends fc.Arbitrary<infer Value> ? Value : never

interface Road {
  /** Takes the message off the road that arrives next; `choice` says which, should the road allow it. */
  take(choice: number): Travelling | undefined
  put(messages: readonly Travelling[]): void
}

/** Messages overtake each other freely. */
function disorderly(): Road & { peek(choice: number): Travelling | undefined } {
  const messages: Travelling[] = []
  const at = (choice: number) => choice % Math.max(messages.length, 1)
  return {
    take: (choice) => messages.splice(at(choice), 1)[0],
    peek: (choice) => messages[at(choice)],
    put: (more) => messages.push(...more),
  }
}

function befall(world: World, road: ReturnType<typeof disorderly>, what: Mishap): readonly Travelling[] {
  switch (what.kind) {
    case 'ARRIVAL': {
      const message = road.take(what.choice)
      return message === undefined ? [] : world.arrive(message)
    }
    case 'REPEAT': {
      const message = road.peek(what.choice)
      return message === undefined ? [] : world.arrive(message)
    }
    case 'PROVIDER':
      return world.provide(what.outcome)
    case 'DEADLINE':
      return world.happen({ kind: 'DEADLINE_PASSED' })
    case 'CANCELLATION':
      return world.happen({ kind: 'CANCEL_ORDER' })
    case 'EXPIRY':
      return world.expire()
    case 'OTHERS_BUY':
      world.sellOut()
      return []
    case 'OTHERS_RETURN':
      world.takeBack()
      return []
    case 'COUNT':
      world.count(what.onHand)
      return []
  }
}

/** Everything arrives, the provider settles, and what is still owed is asked for again, until nothing moves any more. */
function comeToRest(world: World, road: ReturnType<typeof disorderly>): void {
  for (let turns = 0; turns < 100; turns += 1) {
    for (let message = road.take(0); message !== undefined; message = road.take(0)) road.put(world.arrive(message))
    road.put(world.provide('CAPTURED'))
    const { checkout, payment } = world.view()
    const quiet = road.peek(0) === undefined && (payment?.next ?? null) === null
    if (quiet && owedCommands(checkout).length === 0) return
    if (quiet) road.put(world.happen({ kind: 'DEADLINE_PASSED' }))
  }
  throw new Error('it does not come to rest')
}

function expectTheLawsToHold(world: World, onHand: number): void {
  const { checkout, reservation, units, payment, sold, found } = world.view()
  const bought = reservation?.state === 'COMMITTED' ? 2 : 0
  expect(units.held, 'a reservation ends').toBe(0)
  expect(units.onHand + bought + sold, 'stock is conserved').toBe(onHand + found)
  expect(checkout.state, 'an order ends').toMatch(/COMPLETED|REJECTED|CANCELLED/)
  if (checkout.state === 'COMPLETED') {
    expect(checkout.status).toBe('CONFIRMED')
    expect(payment?.status, 'confirmed means captured').toBe('CAPTURED')
    expect(reservation?.state, 'confirmed means committed').toBe('COMMITTED')
    return
  }
  expect([undefined, 'DECLINED', 'REFUNDED'], 'nothing stays charged').toContain(payment?.status)
  expect([undefined, 'RELEASED'], 'nothing is held').toContain(reservation?.state)
}

describe('whatever is late, comes twice or is overtaken', () => {
  it('every checkout ends, and the laws hold', () => {
    const given = fc.record({
      onHand: fc.integer({ min: 0, max: 4 }),
      mishaps: fc.array(mishap, { minLength: 10, maxLength: 80, size: 'max' }),
    })
    fc.assert(
      fc.property(given, ({ onHand, mishaps }) => {
        const world = createWorld({ onHand })
        const road = disorderly()
        road.put(world.happen({ kind: 'PLACE_ORDER' }))
        for (const what of mishaps) road.put(befall(world, road, what))
        comeToRest(world, road)
        expectTheLawsToHold(world, onHand)
      }),
      { numRuns: 10_000 },
    )
  })
})
