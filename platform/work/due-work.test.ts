import { afterEach, describe, expect, it } from 'vitest'

import { eventually } from '../../tests/support/shopping.ts'
import { doDueWork, type DueWork } from './due-work.ts'
import { createLogger } from '../telemetry/logging.ts'

let work: DueWork
let release: (() => void)[] = []
afterEach(async () => {
  for (const end of release) end()
  release = []
  await work.stop()
})

interface Held {
  readonly item: number
  end(error?: Error): void
}

/** Work on what is due, each piece of which ends when the test says so. */
function worker(due: number[], options: { concurrency?: number; claim?: (limit: number) => Promise<number[]> } = {}) {
  const inHand: Held[] = []
  const limits: number[] = []
  work = doDueWork<number>({
    name: 'test',
    log: createLogger('silent'),
    concurrency: options.concurrency ?? 2,
    async claim(limit) {
      limits.push(limit)
      return options.claim === undefined ? due.splice(0, limit) : options.claim(limit)
    },
    perform: (item) =>
      new Promise((resolve, reject) => {
        inHand.push({ item, end: (error) => (error === undefined ? resolve() : reject(error)) })
        release.push(resolve)
      }),
  })
  const items = () => inHand.map(({ item }) => item)
  return { inHand, items, limits }
}

describe('due work', () => {
  it('is done several at a time, and no more than that', async () => {
    const { inHand, items, limits } = worker([1, 2, 3, 4])
    await eventually(
      async () => items(),
      ({ length }) => length === 2,
      { what: 'two are in hand' },
    )
    work.wake()
    expect(items()).toEqual([1, 2])
    inHand[1]?.end()
    await eventually(
      async () => items(),
      ({ length }) => length === 3,
      { what: 'a third is in hand' },
    )
    expect(items()).toEqual([1, 2, 3])
    expect(Math.max(...limits)).toBe(2)
    expect(limits.at(-1)).toBe(1)
  })

  it('that fails holds up no other', async () => {
    const { inHand, items } = worker([1, 2], { concurrency: 1 })
    await eventually(
      async () => items(),
      ({ length }) => length === 1,
      { what: 'one is in hand' },
    )
    inHand[0]?.end(new Error('not now'))
    await eventually(
      async () => items(),
      ({ length }) => length === 2,
      { what: 'the next is in hand' },
    )
  })

  it('is looked for when somebody says so', async () => {
    const due: number[] = []
    const { items } = worker(due)
    due.push(7)
    work.wake()
    await eventually(
      async () => items(),
      ({ length }) => length === 1,
      { what: 'one is in hand' },
    )
  })

  it('that is in hand is ended before the stop, and nothing new is taken', async () => {
    const due = [1]
    const { inHand, items } = worker(due)
    await eventually(
      async () => items(),
      ({ length }) => length === 1,
      { what: 'one is in hand' },
    )
    due.push(2)
    let stopped = false
    const stopping = work.stop().then(() => (stopped = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(stopped).toBe(false)
    inHand[0]?.end()
    await stopping
    expect(items()).toEqual([1])
  })

  it('that is being claimed while it is stopped is ended too', async () => {
    let claimed: (items: number[]) => void = () => undefined
    const { inHand, items } = worker([], { claim: () => new Promise((resolve) => (claimed = resolve)) })
    let stopped = false
    const stopping = work.stop().then(() => (stopped = true))
    claimed([9])
    await eventually(
      async () => items(),
      ({ length }) => length === 1,
      { what: 'one is in hand' },
    )
    await new Promise((resolve) => setImmediate(resolve))
    expect(stopped).toBe(false)
    inHand[0]?.end()
    await stopping
  })
})
