import { afterEach, describe, expect, it, vi } from 'vitest'

import { lookTogether } from './look-together.ts'

/** A store that answers when a test lets it. */
function slowStore() {
  const asked: { keys: readonly string[]; answer(): void; fail(error: Error): void }[] = []
  const look = (keys: readonly string[]) =>
    new Promise<ReadonlySet<string>>((resolve, reject) => {
      asked.push({ keys, answer: () => resolve(new Set(keys)), fail: reject })
    })
  return { asked, together: lookTogether(look) }
}

afterEach(() => vi.useRealTimers())

describe('what is looked up together', () => {
  it('is asked at once by the first two, and in one question by all who come meanwhile', async () => {
    const { asked, together } = slowStore()
    const early = [together(['a']), together(['b'])]
    const late = [together(['c']), together(['d', 'c']), together(['a'])]
    expect(asked.map(({ keys }) => keys)).toEqual([['a'], ['b']])
    asked[0]?.answer()
    await early[0]
    expect(asked.map(({ keys }) => keys)).toEqual([['a'], ['b'], ['c', 'd', 'a']])
    asked[2]?.answer()
    expect(await Promise.all(late)).toEqual(late.map(() => new Set(['c', 'd', 'a'])))
  })

  it('is looked up anew for who comes after a question has begun, though that asks for the same', async () => {
    const { asked, together } = slowStore()
    const questions = [together(['a']), together(['a']), together(['a'])]
    asked[1]?.answer()
    await questions[1]
    questions.push(together(['a']))
    asked[0]?.answer()
    await questions[0]
    expect(asked).toHaveLength(4)
  })

  it('goes on after a failure, which is of those alone who asked together', async () => {
    const { asked, together } = slowStore()
    const first = together(['a'])
    const second = together(['b'])
    const late = [together(['c']), together(['d'])]
    asked[0]?.fail(new Error('no answer'))
    await expect(first).rejects.toThrow('no answer')
    asked[2]?.fail(new Error('none either'))
    for (const question of late) await expect(question).rejects.toThrow('none either')
    asked[1]?.answer()
    await second
    const after = together(['e'])
    asked[3]?.answer()
    expect(await after).toEqual(new Set(['e']))
  })

  it('gets by while one question hangs', async () => {
    const { asked, together } = slowStore()
    void together(['hangs'])
    const others = ['a', 'b', 'c'].map((key) => together([key]))
    asked[1]?.answer()
    await others[0]
    asked[2]?.answer()
    expect(await Promise.all(others.slice(1))).toEqual([new Set(['b', 'c']), new Set(['b', 'c'])])
  })

  it('waits for a second and no longer while all that was asked hangs', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { asked, together } = slowStore()
    const [hanging, late] = [['a', 'b'].map((key) => together([key])), together(['c'])]
    vi.advanceTimersByTime(999)
    expect(asked).toHaveLength(2)
    vi.advanceTimersByTime(1)
    asked[2]?.answer()
    expect(await late).toEqual(new Set(['c']))
    for (const { answer } of asked) answer()
    await Promise.all(hanging)
    vi.advanceTimersByTime(10_000)
    expect(asked).toHaveLength(3)
  })
})
