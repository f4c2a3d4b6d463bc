import { describe, expect, it } from 'vitest'

import { initialCheckout, type Checkout, type Input } from './checkout.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { transitions, type Transition } from './transitions.ts'

const inputs: readonly Input[] = [
  { kind: 'PLACE_ORDER' },
  { kind: 'DEADLINE_PASSED' },
  { kind: 'CANCEL_ORDER' },
  { kind: 'STOCK_RESERVED' },
  { kind: 'STOCK_COMMITTED' },
  { kind: 'STOCK_REFUSED', short: true },
  { kind: 'STOCK_REFUSED', short: false },
  { kind: 'STOCK_RELEASED', why: 'ASKED' },
  { kind: 'STOCK_RELEASED', why: 'EXPIRED' },
  { kind: 'PAYMENT_CAPTURED' },
  { kind: 'PAYMENT_DECLINED' },
  { kind: 'PAYMENT_REFUNDED' },
]

/** `decide` does not look at the attempt, which could count for ever. */
const keyOf = (checkout: Checkout) => JSON.stringify({ ...checkout, attempt: 0 })

/** Every checkout that any inputs, in any order and however often, can lead to. */
function reachable(): Checkout[] {
  const found = new Map([[keyOf(initialCheckout), initialCheckout]])
  // A map hands out what is added to it while it is walked through.
  for (const checkout of found.values()) {
    for (const input of inputs) {
      const after = decide(input, checkout).events.reduce(evolve, checkout)
      if (!found.has(keyOf(after))) found.set(keyOf(after), after)
    }
  }
  return [...found.values()]
}

function inWords({ from, on, to, sends }: Omit<Transition, 'when'>): string {
  return `${from} on ${on} to ${to}: ${[...sends].sort().join(', ')}`
}

function decided(): Set<string> {
  const changes = reachable().flatMap((checkout) =>
    inputs.flatMap((input) => {
      const { events, commands: sends } = decide(input, checkout)
      const { state: to } = events.reduce(evolve, checkout)
      return events.length > 0 ? [inWords({ from: checkout.state, on: input.kind, to, sends })] : []
    }),
  )
  return new Set(changes)
}

describe('the table of transitions', () => {
  it('holds every change that decide can make of any checkout that can be, and no other', () => {
    expect(transitions.map(inWords).toSorted()).toEqual([...decided()].toSorted())
  })

  it('says what sets transitions of the same state and input apart', () => {
    const names = transitions.map(
      ({ from, on, when }) => `${from} on ${on}${when === undefined ? '' : ` when ${when}`}`,
    )
    expect(new Set(names).size).toBe(names.length)
  })
})
