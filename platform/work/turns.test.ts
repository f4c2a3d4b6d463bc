import { describe, expect, it } from 'vitest'

import { retryWithin } from './retry.ts'
import { createTurns } from './turns.ts'

const toNothing = (): Promise<string | undefined> => Promise.resolve(undefined)

describe('a retry', () => {
  it('ends with the first attempt that comes to something', async () => {
    const outcomes = [undefined, undefined, 'done', 'too late']
    expect(await retryWithin(() => Promise.resolve(outcomes.shift()))).toBe('done')
    expect(outcomes).toEqual(['too late'])
  })

  it('comes to undefined when nothing has come of it within the time limit', async () => {
    let attempts = 0
    const outcome = await retryWithin(
      () => {
        attempts += 1
        return toNothing()
      },
      { within: 30, random: () => 1 },
    )
    expect(outcome).toBeUndefined()
    // Pauses of 4, 8 and 16 milliseconds: the next would end after the limit.
    expect(attempts).toBeGreaterThan(1)
    expect(attempts).toBeLessThanOrEqual(4)
  })

  it('attempts once, however short the limit is', async () => {
    expect(await retryWithin(() => Promise.resolve('done'), { within: 0 })).toBe('done')
  })

  it('does not attempt again what has failed', async () => {
    let attempts = 0
    const failing = retryWithin(() => {
      attempts += 1
      return Promise.reject(new Error('broken'))
    })
    await expect(failing).rejects.toThrow('broken')
    expect(attempts).toBe(1)
  })
})

describe('turns', () => {
  it('of one key come one after the other, in the order in which they were asked for', async () => {
    const turns = createTurns()
    const seen: string[] = []
    const work = (name: string) => async () => {
      seen.push(`${name} begins`)
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
      seen.push(`${name} ends`)
      return name
    }
    const names = ['first', 'second', 'third']
    expect(await Promise.all(names.map((name) => turns.take('a cart', work(name))))).toEqual(names)
    expect(seen).toEqual(names.flatMap((name) => [`${name} begins`, `${name} ends`]))
  })

  it('of different keys do not wait for each other', async () => {
    const turns = createTurns()
    const held: { release?: (value: string) => void } = {}
    const waiting = turns.take('one', () => new Promise<string>((resolve) => (held.release = resolve)))
    expect(await turns.take('other', () => Promise.resolve('done'))).toBe('done')
    held.release?.('released')
    expect(await waiting).toBe('released')
  })

  it('go on after one that has failed or given up', async () => {
    const turns = createTurns({ within: 0 })
    const failing = turns.take('one', () => Promise.reject(new Error('broken')))
    const givingUp = turns.take('one', toNothing)
    const last = turns.take('one', () => Promise.resolve('done'))
    await expect(failing).rejects.toThrow('broken')
    expect(await givingUp).toBeUndefined()
    expect(await last).toBe('done')
  })
})
