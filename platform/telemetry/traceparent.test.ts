import { describe, expect, it } from 'vitest'

import { traceIdOf, traceparentFrom } from './traceparent.ts'

const wellFormed = /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/

describe('a trace that is begun', () => {
  it('has ids that no other has, and that are well-formed', () => {
    const begun = Array.from({ length: 1_000 }, () => traceparentFrom(undefined))
    expect(begun.filter((each) => !wellFormed.test(each))).toEqual([])
    expect(new Set(begun.map(traceIdOf)).size).toBe(1_000)
    expect(new Set(begun.map((each) => each.slice(36, 52))).size).toBe(1_000)
  })

  it.each([
    ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', true],
    ['00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01', false],
    ['0af7651916cd43dd8448eb211c80319c', false],
    ['', false],
  ])('is the one of the caller where that is well-formed: %j', (header, isTaken) => {
    expect(traceparentFrom(header) === header).toBe(isTaken)
  })
})
