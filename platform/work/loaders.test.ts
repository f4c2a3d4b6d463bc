import { describe, expect, it } from 'vitest'

import { loadersOf } from './loaders.ts'

/** Looks that a test lets end. */
function slowLook() {
  const asked: (readonly string[])[] = []
  const answers: (() => void)[] = []
  const newLoader = loadersOf<string>((keys) => {
    asked.push(keys)
    return new Promise((resolve) => answers.push(() => resolve(new Map(keys.map((key) => [key, key.toUpperCase()])))))
  })
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  return { asked, answers, newLoader, turn }
}

describe('loaders of several requests', () => {
  it('are answered by one look where others are under way, each with its own', async () => {
    const { asked, answers, newLoader, turn } = slowLook()
    const early = ['a', 'b'].map((key) => newLoader().load(key))
    await turn()
    const late = ['c', 'd', 'c'].map((key) => newLoader().load(key))
    await turn()
    answers[0]?.()
    await early[0]
    await turn()
    expect(asked).toEqual([['a'], ['b'], ['c', 'd']])
    for (const answer of answers.slice(1)) answer()
    expect(await Promise.all([...early, ...late])).toEqual(['A', 'B', 'C', 'D', 'C'])
  })

  it('keep what they have read for one request, and until it is forgotten', async () => {
    const { asked, answers, newLoader, turn } = slowLook()
    const loader = newLoader()
    const read = async () => {
      const value = loader.load('a')
      await turn()
      answers.at(-1)?.()
      return value
    }
    expect([await read(), await read()]).toEqual(['A', 'A'])
    expect(asked).toHaveLength(1)
    loader.clearAll()
    await read()
    expect(asked).toHaveLength(2)
  })
})
