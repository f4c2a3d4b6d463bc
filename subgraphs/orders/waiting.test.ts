import { describe, expect, it } from 'vitest'

import { createNews } from './waiting.ts'

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

describe('waiting for news', () => {
  it('is over at once when enough is there', async () => {
    const { state, look } = watched(3)
    expect(await createNews().until('a', { look, enough, atMost: 60_000 })).toBe(3)
    expect(state.looks).toBe(1)
  })

  it('looks again after each news of its key, and of no other', async () => {
    const news = createNews()
    const { state, look } = watched(1)
    const waiting = news.until('a', { look, enough, atMost: 60_000 })
    await Promise.resolve()
    state.value = 2
    news.tell('a')
    await expect.poll(() => state.looks).toBe(2)
    state.value = 3
    news.tell('b')
    expect(state.looks).toBe(2)
    news.tell('a')
    expect(await waiting).toBe(3)
    expect(state.looks).toBe(3)
  })

  it('looks again when news may have been missed', async () => {
    const news = createNews()
    const { state, look } = watched(1)
    const waiting = news.until('a', { look, enough, atMost: 60_000 })
    state.value = 3
    news.tellAll()
    expect(await waiting).toBe(3)
  })

  it('misses no news that comes while it looks', async () => {
    const news = createNews()
    const { state, look } = watched(1)
    const waiting = news.until('a', {
      look() {
        const seen = look()
        state.value = 3
        news.tell('a')
        return seen
      },
      enough,
      atMost: 60_000,
    })
    expect(await waiting).toBe(3)
  })

  it('ends with what it saw last when the time is over', async () => {
    const { look } = watched(1)
    expect(await createNews().until('a', { look, enough, atMost: 20 })).toBe(1)
  })

  it('fails when looking does', async () => {
    const look = () => Promise.reject(new Error('the database is gone'))
    await expect(createNews().until('a', { look, enough, atMost: 20 })).rejects.toThrow('the database is gone')
  })
})
