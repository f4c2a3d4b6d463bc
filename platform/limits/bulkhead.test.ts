import { describe, expect, it } from 'vitest'

import { bulkhead } from './bulkhead.ts'

/** Work that ends when the test says so. */
function held() {
  const begun: number[] = []
  const ends: ((error?: Error) => void)[] = []
  return {
    begun,
    work: (number: number) => () =>
      new Promise<number>((resolve, reject) => {
        begun.push(number)
        ends.push((error) => (error === undefined ? resolve(number) : reject(error)))
      }),
    end: (error?: Error) => ends.shift()?.(error),
  }
}

describe('a bulkhead', () => {
  it('lets as much go on as it may, and the rest in the order in which it came', async () => {
    const { begun, work, end } = held()
    const { run } = bulkhead({ atOnce: 2, waiting: 2, retryAfter: 1 })
    const all = [1, 2, 3, 4].map((number) => run(work(number)))
    expect(begun).toEqual([1, 2])
    end()
    await all[0]
    await Promise.resolve()
    expect(begun).toEqual([1, 2, 3])
    for (let left = 0; left < 3; left += 1) {
      end()
      await all[left + 1]
      await Promise.resolve()
    }
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4])
  })

  it('turns away what would wait too long, and says when to come again', async () => {
    const { work, end } = held()
    const { run } = bulkhead({ atOnce: 1, waiting: 1, retryAfter: 5 })
    const first = run(work(1))
    const second = run(work(2))
    await expect(run(work(3))).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfter: 5 })
    end()
    await first
    await Promise.resolve()
    end()
    expect(await second).toBe(2)
  })

  it('gives the place of work that fails to the next', async () => {
    const { work, end } = held()
    const { run } = bulkhead({ atOnce: 1, waiting: 1, retryAfter: 1 })
    const first = run(work(1))
    const second = run(work(2))
    end(new Error('no luck'))
    await expect(first).rejects.toThrow('no luck')
    await Promise.resolve()
    end()
    expect(await second).toBe(2)
  })
})
