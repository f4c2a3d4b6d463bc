import { getEventListeners } from 'node:events'

import { describe, expect, it } from 'vitest'

import { Cancellation } from './cancellation.ts'

const first = new Error('first')

describe('a cancellation', () => {
  it('tells each listener once, and the first reason counts', () => {
    const told: unknown[] = []
    const cancellation = new Cancellation()
    cancellation.listen((reason) => told.push(['one', reason]))
    cancellation.listen((reason) => told.push(['other', reason]))
    cancellation.cancel(first)
    cancellation.cancel(new Error('second'))
    expect(told).toEqual([
      ['one', first],
      ['other', first],
    ])
    expect(cancellation.reason).toBe(first)
  })

  it('does not tell who has left, nor who comes later', () => {
    let told = 0
    const listener = () => {
      told += 1
    }
    const cancellation = new Cancellation()
    cancellation.listen(listener)
    cancellation.forget(listener)
    cancellation.cancel(first)
    cancellation.listen(listener)
    expect(told).toBe(0)
  })

  it('knows its reason when its listeners are told, and they may leave then', () => {
    const cancellation = new Cancellation()
    let known: unknown
    const listener = () => {
      known = cancellation.reason
      cancellation.forget(listener)
    }
    cancellation.listen(listener)
    cancellation.cancel(first)
    expect(known).toBe(first)
  })

  it('ends work that has not begun', () => {
    const cancellation = new Cancellation()
    expect(() => cancellation.throwIfCancelled()).not.toThrow()
    cancellation.cancel(first)
    expect(() => cancellation.throwIfCancelled()).toThrow(first)
  })
})

describe('its signal', () => {
  it('is one, and is aborted with it', () => {
    const cancellation = new Cancellation()
    const { signal } = cancellation
    expect([signal.aborted, cancellation.signal === signal]).toEqual([false, true])
    cancellation.cancel(first)
    expect([signal.aborted, signal.reason]).toEqual([true, first])
  })

  it('is aborted already where it was called off before anybody asked for it', () => {
    const cancellation = new Cancellation()
    cancellation.cancel(first)
    expect([cancellation.signal.aborted, cancellation.signal.reason]).toEqual([true, first])
  })
})

describe('one by a signal', () => {
  it('is called off when that is aborted', () => {
    const caller = new AbortController()
    const cancellation = Cancellation.by(caller.signal)
    expect(cancellation.reason).toBeUndefined()
    caller.abort(first)
    expect(cancellation.reason).toBe(first)
    expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0)
  })

  it('is called off where that was before, and always with an error', () => {
    expect(Cancellation.by(AbortSignal.abort('why')).reason).toMatchObject({ message: 'why' })
  })
})
