import { getEventListeners } from 'node:events'

import { describe, expect, it } from 'vitest'

import { DeadlinePassed, doneWithin, unlessAborted, withinDeadline } from './deadline.ts'

const never = () => new Promise<never>(() => undefined)

describe('a deadline', () => {
  it('lets work end that is done in time', async () => {
    expect(await withinDeadline(60_000, async () => 3)).toBe(3)
  })

  it('passes on why work failed', async () => {
    await expect(withinDeadline(60_000, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  })

  it('ends work that overlooks its signal', async () => {
    await expect(withinDeadline(5, never)).rejects.toThrow(DeadlinePassed)
  })

  it('notifies the work by its signal that the time has passed', async () => {
    let reason: unknown
    const passing = withinDeadline(5, (signal) => {
      signal.addEventListener('abort', () => (reason = signal.reason))
      return never()
    })
    await expect(passing).rejects.toThrow('not done within 5 ms')
    expect(reason).toBeInstanceOf(DeadlinePassed)
  })

  it('ends early when the caller gives up, with the caller’s reason', async () => {
    const caller = new AbortController()
    const work = withinDeadline(60_000, never, caller.signal)
    caller.abort(new Error('nobody waits'))
    await expect(work).rejects.toThrow('nobody waits')
    expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0)
  })

  it('does not begin when the caller has given up already', async () => {
    let begun = false
    const work = async () => (begun = true)
    await expect(withinDeadline(60_000, work, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late')
    expect(begun).toBe(false)
  })

  it('reports whether work was done in time', async () => {
    expect(await doneWithin(60_000, async () => undefined)).toBe(true)
    expect(await doneWithin(5, never)).toBe(false)
    await expect(doneWithin(60_000, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  })
})

describe('work unless aborted', () => {
  it.each([
    ['ends', async () => 3],
    ['fails', () => Promise.reject(new Error('broken'))],
    [
      'throws at once',
      () => {
        throw new Error('broken')
      },
    ],
  ])('leaves no listener behind when it %s', async (_how, work) => {
    const { signal } = new AbortController()
    await unlessAborted(work, signal).catch(() => undefined)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('may be much on one signal, and no warning of a leak comes of it', async () => {
    const warnings: Error[] = []
    const onWarning = (warning: Error) => void warnings.push(warning)
    process.on('warning', onWarning)
    const caller = new AbortController()
    const work = Array.from({ length: 30 }, () => withinDeadline(60_000, never, caller.signal))
    await new Promise(setImmediate)
    caller.abort(new Error('nobody waits'))
    const outcomes = await Promise.allSettled(work)
    process.off('warning', onWarning)
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
    expect(warnings).toEqual([])
  })
})
