import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { SoukError } from '../../../platform/errors.ts'
import { memoryAttempts } from '../../../platform/limits/memory-attempts.ts'
import { usersConfig } from '../config.ts'
import { createLimits, type UsersLimits } from './limits.ts'

const ada = 'ada@example.com'
const home = '203.0.113.7'
const minute = 60_000

let limits: UsersLimits
beforeEach(() => {
  vi.useFakeTimers()
  limits = createLimits(memoryAttempts, usersConfig.parse({}))
})
afterEach(() => void vi.useRealTimers())

/** Seconds that somebody has to wait; 0 when they are let in. */
async function waitOf(attempt: Promise<unknown>): Promise<number> {
  try {
    await attempt
    return 0
  } catch (refusal) {
    if (refusal instanceof SoukError && refusal.code === 'RATE_LIMITED') return refusal.retryAfter ?? 0
    throw refusal
  }
}

/** The waits of attempts that come one after the other, and fail. */
async function failures(count: number, email: string, network: string | undefined): Promise<number[]> {
  const waits: number[] = []
  for (let turn = 0; turn < count; turn += 1) waits.push(await waitOf(limits.signIn(email, network)))
  return waits
}

/** As many as can be tried in a day by somebody who tries again as soon as they may. */
async function triesInADay(email: string, network: string): Promise<number> {
  const end = Date.now() + 24 * 60 * minute - 1
  let tries = 0
  while (Date.now() < end) {
    const wait = await waitOf(limits.signIn(email, network))
    if (wait === 0) tries += 1
    else vi.advanceTimersByTime(wait * 1_000)
  }
  return tries
}

describe('signing in', () => {
  it('is never refused to a person who mistypes a few times', async () => {
    expect(Math.max(...(await failures(10, ada, home)))).toBe(0)
  })

  it('of one account from one network pauses after its free tries, and longer each time, but never above 15 minutes', async () => {
    const waits = await failures(60, ada, home)
    expect(waits.filter((wait) => wait === 0)).toHaveLength(11)
    expect(waits.at(-1)).toBe(2)
    expect(await triesInADay(ada, home)).toBeLessThan(120)
    expect(await waitOf(limits.signIn(ada, home))).toBeLessThanOrEqual(15 * 60)
  })

  it('of an account that a stranger keeps trying goes on from elsewhere', async () => {
    await failures(100, ada, '198.51.100.1')
    expect(Math.max(...(await failures(10, ada, home)))).toBe(0)
  })

  it('of an account that is tried from everywhere still gives each network a try, and pauses after it', async () => {
    for (let network = 1; network <= 30; network += 1) await failures(10, ada, `198.51.100.${network}`)
    expect(await failures(3, ada, home)).toEqual([0, 2, 2])
    vi.advanceTimersByTime(2_000)
    expect(await waitOf(limits.signIn(ada, home))).toBe(0)
  })

  it('starts its count anew when it succeeds', async () => {
    for (let turn = 0; turn < 100; turn += 1) {
      await (await limits.signIn(ada, home)).succeeded()
    }
    expect(Math.max(...(await failures(10, ada, home)))).toBe(0)
  })

  it('of many accounts from one network pauses, and an own account that succeeds buys no more', async () => {
    for (let account = 0; account < 50; account += 1)
      expect(await failures(1, `${account}@example.com`, home)).toEqual([0])
    await (await limits.signIn('mallory@example.com', home)).succeeded()
    expect(await failures(1, 'another@example.com', home)).toEqual([1])
    expect(await failures(1, 'another@example.com', '198.51.100.1')).toEqual([0])
    vi.advanceTimersByTime(10 * minute)
    expect(await failures(1, 'another@example.com', home)).toEqual([0])
  })

  it('does not count what failed by our own fault', async () => {
    for (let turn = 0; turn < 100; turn += 1) await (await limits.signIn(ada, home)).withdrawn()
    expect(Math.max(...(await failures(10, ada, home)))).toBe(0)
  })

  it('is counted by account where nobody knows from where it comes', async () => {
    expect((await failures(60, ada, undefined)).at(-1)).toBe(2)
    expect(await failures(1, 'bob@example.com', undefined)).toEqual([0])
  })
})

describe('signing up', () => {
  it('pauses for whoever asks again and again whether an address has an account', async () => {
    for (let turn = 0; turn < 11; turn += 1) {
      await limits.signUp(home)
      await limits.emailTaken(home)
    }
    expect(await waitOf(limits.signUp(home))).toBe(10)
    expect(await waitOf(limits.signUp('198.51.100.1'))).toBe(0)
  })

  it('pauses for whoever makes account after account', async () => {
    const waits = await Promise.all(Array.from({ length: 150 }, () => waitOf(limits.signUp(home))))
    expect(waits.filter((wait) => wait === 0)).toHaveLength(101)
  })
})

it.each([
  ['guest sessions', () => limits.newGuest(home), 300],
  ['refresh tokens', () => limits.refreshToken(home), 600],
])('a flood of %s is stopped', async (_what, begin, free) => {
  const waits = await Promise.all(Array.from({ length: 2 * free }, () => waitOf(begin())))
  expect(waits.filter((wait) => wait === 0)).toHaveLength(free + 1)
  vi.advanceTimersByTime(1_000)
  expect(await waitOf(begin())).toBe(0)
})
