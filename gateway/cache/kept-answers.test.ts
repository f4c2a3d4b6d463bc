import { describe, expect, it } from 'vitest'

import { keptAnswers } from './kept-answers.ts'

const long = 60_000
const answer = (value: string, { size = 10, age = long, parts = ['a.State 1'] } = {}) => ({
  ...{ value, size, age },
  parts: new Set(parts),
})

describe('answers that are kept', () => {
  it('go with the parts that they are made of, and no others', () => {
    const kept = keptAnswers<string>({ bytes: 1_000_000 })
    kept.keep('one', answer('one', { parts: ['a.State 1', 'b.State 1'] }))
    kept.keep('other', answer('other', { parts: ['a.State 2'] }))
    kept.keep('any', answer('any', { parts: ['a.State'] }))
    kept.drop({ message: 'a.State', key: '1' })
    expect(['one', 'other', 'any'].map((key) => kept.get(key))).toEqual([undefined, 'other', undefined])
    kept.drop({ message: 'b.State', key: undefined })
    expect(kept.get('other')).toBe('other')
    kept.drop({ message: 'a.State', key: undefined })
    expect(kept.count).toBe(0)
  })

  it('go with the parts of the newest of a key', () => {
    const kept = keptAnswers<string>({ bytes: 1_000_000 })
    kept.keep('key', answer('old', { parts: ['a.State 1'] }))
    kept.keep('key', answer('new', { parts: ['a.State 2'] }))
    kept.drop({ message: 'a.State', key: '1' })
    expect(kept.get('key')).toBe('new')
    kept.drop({ message: 'a.State', key: '2' })
    expect(kept.get('key')).toBeUndefined()
  })

  it('take no more than the bytes that there are, and one no more than its share', () => {
    const kept = keptAnswers<string>({ bytes: 100_000 })
    kept.keep('too large', answer('large', { size: 10_000 }))
    expect(kept.get('too large')).toBeUndefined()
    for (let number = 0; number < 1_000; number += 1) kept.keep(`key ${number}`, answer('value', { size: 1_000 }))
    expect(kept.count).toBeLessThan(100)
    expect([kept.get('key 0'), kept.get('key 999')]).toEqual([undefined, 'value'])
  })

  it('are not given when they are too old', async () => {
    const kept = keptAnswers<string>({ bytes: 1_000_000 })
    kept.keep('key', answer('value', { age: 5 }))
    expect(kept.get('key')).toBe('value')
    await expect.poll(() => kept.get('key'), { interval: 5 }).toBeUndefined()
  })
})
