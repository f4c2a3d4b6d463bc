import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { Cancellation } from '../../../platform/work/cancellation.ts'
import { ask, clientsOfQuietServer } from '../../../tests/support/quiet-server.ts'

const { answer, arrived, closed, open } = clientsOfQuietServer()

/** Where a name was asked for the last time. */
function placeOf(names: string[][], name: string): number {
  return names.findLastIndex((connection) => connection.includes(name))
}

describe('behind an answer that does not come', () => {
  it('nobody waits: what is behind it is sent again, apart from all others', async () => {
    const client = open({ patience: 50 })
    const [hanging, ...others] = ['hangs', 'b', 'c'].map((name) => ask(client, name))
    await arrived(3)
    const names = await arrived(5)
    expect(names.map(({ length }) => length)).toEqual([3, 1, 1])
    for (const name of ['b', 'c']) answer(placeOf(names, name), name)
    expect(await Promise.all(others)).toEqual(['b', 'c'])
    // What comes there at last is told apart from it.
    answer(0, 'late', 'never read', 'nor this')
    expect(await hanging).toBe('late')
    const next = ask(client, 'd')
    answer(placeOf(await arrived(6), 'd'), 'd')
    expect(await next).toBe('d')
  })

  it('nothing is sent for a while', async () => {
    const client = open({ patience: 50 })
    for (const name of ['hangs', 'b']) void ask(client, name)
    await arrived(3)
    for (const name of ['c', 'd', 'e']) void ask(client, name)
    expect((await arrived(6)).map(({ length }) => length)).toEqual([2, 1, 1, 1, 1])
  })

  it('no connection is left, when that was called off before', async () => {
    const client = open({ patience: 50 })
    const gone = new Cancellation()
    const [hanging, other] = [ask(client, 'hangs', { cancellation: gone }), ask(client, 'b')]
    await arrived(2)
    const isClosed = closed(0)
    gone.cancel(new Error('gone'))
    await expect(hanging).rejects.toThrow('gone')
    const names = await arrived(3)
    await isClosed
    answer(placeOf(names, 'b'), 'b')
    expect(await other).toBe('b')
  })

  it('its connection is closed when nobody waits for it any more', async () => {
    const client = open()
    const [gone, other] = [new Cancellation(), new Cancellation()]
    const both = [ask(client, 'hangs', { cancellation: gone }), ask(client, 'b', { cancellation: other })]
    await arrived(2)
    const isClosed = closed(0)
    gone.cancel(new Error('gone'))
    other.cancel(new Error('gone too'))
    await expect(both[0]).rejects.toThrow('gone')
    await expect(both[1]).rejects.toThrow('gone too')
    await isClosed
  })
})

describe('how long others wait', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }))
  afterEach(() => vi.useRealTimers())

  /** As a machine that plans an operation. Timers run out meanwhile, and nothing that arrives is read. */
  function stall(): void {
    vi.advanceTimersByTime(60)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60)
  }

  it('counts from when they were sent: a server may begin with one when it has answered the one before', async () => {
    const client = open({ patience: 50 })
    const [first, second, third] = ['a', 'b', 'c'].map((name) => ask(client, name))
    await arrived(3)
    vi.advanceTimersByTime(30)
    answer(0, '1')
    expect(await first).toBe('1')
    vi.advanceTimersByTime(30)
    expect(await arrived(4)).toEqual([['a', 'b', 'c'], ['c']])
    // What is left of the group is nothing that anybody waits for: then the server need not do it.
    const isClosed = closed(0)
    answer(0, '2')
    expect(await second).toBe('2')
    await isClosed
    answer(1, '3')
    expect(await third).toBe('3')
  })

  it('does not count while this process does something else', async () => {
    const client = open({ patience: 50 })
    const asked = ['a', 'b'].map((name) => ask(client, name))
    await arrived(2)
    answer(0, '1', '2')
    stall()
    expect(await Promise.all(asked)).toEqual(['1', '2'])
    for (const name of ['c', 'd']) void ask(client, name)
    expect(await arrived(4)).toEqual([['a', 'b', 'c', 'd']])
  })

  it('does not count while a connection is made', async () => {
    const client = open({ patience: 50 })
    const asked = ['a', 'b'].map((name) => ask(client, name))
    // When the connection has been begun.
    setImmediate(stall)
    await arrived(2)
    answer(0, '1', '2')
    expect(await Promise.all(asked)).toEqual(['1', '2'])
    for (const name of ['c', 'd']) void ask(client, name)
    expect(await arrived(4)).toEqual([['a', 'b', 'c', 'd']])
  })

  it('is less and less often tried, with a server that keeps others waiting whenever it may', async () => {
    const client = open({ patience: 50 })
    let count = 0
    /** Whether two that are asked for now go together. They are not answered. */
    async function goTogether(): Promise<boolean> {
      const pair = ['first', 'second'].map((name) => `${name} of ${count}`)
      for (const name of pair) void ask(client, name)
      count += 2
      return (await arrived(count)).some((names) => names.join() === pair.join())
    }
    /** The second of two that have gone together is sent again. */
    async function areParted(): Promise<void> {
      vi.advanceTimersByTime(60)
      count += 1
      await arrived(count)
    }
    expect(await goTogether()).toBe(true)
    await areParted()
    vi.advanceTimersByTime(10_000)
    expect(await goTogether()).toBe(true)
    await areParted()
    vi.advanceTimersByTime(10_000)
    expect(await goTogether()).toBe(false)
    vi.advanceTimersByTime(10_000)
    expect(await goTogether()).toBe(true)
  })
})
