import { EventEmitter, once } from 'node:events'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { flights } from './flights.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => vi.useRealTimers())

const stays = () => undefined
const never = { messages: undefined, whenGone: stays, carryOut: () => new Promise<string>(() => undefined) }

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
  void begin('a', { ...never, whenGone: (listener) => ends.once('second', listener) })
  close()
  void begin('a', never)
  ends.emit('first', 'answered')
  expect(await first).toBe('answered')
  ends.emit('second')
  expect(join('a', stays)).toBeDefined()
})

it('one that was left before it began is called off', async () => {
  const { join, begin } = flights<boolean>()
  const carryOut = async (signal: AbortSignal) => {
    await Promise.resolve()
    return signal.aborted
  }
  const begun = begin('a', { ...never, carryOut, whenGone: (listener) => listener() })
  expect(join('a', stays)).toBeUndefined()
  expect(await begun).toBe(true)
})
