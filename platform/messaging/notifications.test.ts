import { describe, expect, it } from 'vitest'

import { createWaiters } from './notifications.ts'

/** A value that is looked at, and how often it has been. */
function watched(first: number) {
  const state = { value: first, looks: 0 }
  const look = () => {
    state.looks += 1
    return Promise.resolve(state.value)
  }
  return { state, look }
}

const enough = (value: number) => value >= 3

describe('waiting for a notification', () => {
  it('is over at once when enough is there', async () => {
    const { state, look } = watched(3)
    expect(await createWaiters().until('a', { look, enough, atMost: 60_000 })).toBe(3)
    expect(state.looks).toBe(1)
  })

  it('looks again after each notification of its key, and of no other', async () => {
    const waiters = createWaiters()
    const { state, look } = watched(1)
    const waiting = waiters.until('a', { look, enough, atMost: 60_000 })
    await Promise.resolve()
    state.value = 2
    waiters.notify('a')
    await expect.poll(() => state.looks).toBe(2)
    state.value = 3
    waiters.notify('b')
    expect(state.looks).toBe(2)
    waiters.notify('a')
    expect(await waiting).toBe(3)
    expect(state.looks).toBe(3)
  })

  it('looks again when notifications may have been missed', async () => {
    const waiters = createWaiters()
    const { state, look } = watched(1)
    const waiting = waiters.until('a', { look, enough, atMost: 60_000 })
    state.value = 3
    waiters.notifyAll()
    expect(await waiting).toBe(3)
  })

  it('misses no notification that comes while it looks', async () => {
    const waiters = createWaiters()
    const { state, look } = watched(1)
    const waiting = waiters.until('a', {
      look() {
        const seen = look()
        state.value = 3
        waiters.notify('a')
        return seen
      },
      enough,
      atMost: 60_000,
    })
    expect(await waiting).toBe(3)
  })

  it('ends with what it saw last when the time is over', async () => {
    const { look } = watched(1)
    expect(await createWaiters().until('a', { look, enough, atMost: 20 })).toBe(1)
  })

  it('fails when looking does', async () => {
    const look = () => Promise.reject(new Error('the database is gone'))
    await expect(createWaiters().until('a', { look, enough, atMost: 20 })).rejects.toThrow('the database is gone')
  })

  it('looks once more when the time is over: what came at the last moment counts', async () => {
    const start = performance.now()
    const look = () => Promise.resolve(performance.now() - start >= 20)
    expect(await createWaiters().until('a', { look, enough: (seen) => seen, atMost: 30 })).toBe(true)
  })
})
