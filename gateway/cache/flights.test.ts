import { EventEmitter, once } from 'node:events'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { Cancellation } from '../../platform/work/cancellation.ts'
import { flights } from './flights.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => vi.useRealTimers())

const stays = new Cancellation()
const never = { messages: undefined, asking: stays, carryOut: () => new Promise<string>(() => undefined) }

it('one that hangs is joined for a second, and then there is another one', () => {
  const { join, begin } = flights<string>()
  void begin('a', never)
  vi.advanceTimersByTime(1_000)
  expect(join('a', stays)).toBeDefined()
  vi.advanceTimersByTime(1)
  expect(join('a', stays)).toBeUndefined()
  void begin('a', never)
  expect(join('a', stays)).toBeDefined()
})

it('one that ends, or is called off, ends no later one', async () => {
  const { join, begin, close } = flights<string>()
  const ends = new EventEmitter()
  const first = begin('a', { ...never, carryOut: async () => String(await once(ends, 'first')) })
  close()
  const second = new Cancellation()
  void begin('a', { ...never, asking: second })
  close()
  void begin('a', never)
  ends.emit('first', 'answered')
  expect(await first).toBe('answered')
  second.cancel(new Error('gone'))
  expect(join('a', stays)).toBeDefined()
})

it('one that was left before it began is called off', async () => {
  const { join, begin } = flights<boolean>()
  const carryOut = async (cancellation: Cancellation) => {
    await Promise.resolve()
    return cancellation.reason !== undefined
  }
  const begun = begin('a', { ...never, carryOut, asking: Cancellation.by(AbortSignal.abort(new Error('gone'))) })
  expect(join('a', stays)).toBeUndefined()
  expect(await begun).toBe(true)
})
