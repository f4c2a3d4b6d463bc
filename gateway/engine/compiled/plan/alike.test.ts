import { OperationTypeNode } from 'graphql'
import { describe, expect, it } from 'vitest'

import { groupingAlike } from './alike.ts'
import type { Task } from './tasks.ts'

/** A fetch of entities, for a place such as `a.b`. */
function task(path: string, operation: string, after: readonly Task[] = []): Task {
  const operationKind = OperationTypeNode.QUERY
  return {
    node: { kind: 'Fetch', serviceName: 's', operation, operationName: undefined, operationKind, requires: [] },
    path: path.split('.').filter((part) => part !== ''),
    conditions: [],
    after,
  }
}

/** The places of those that are one fetch, in the order of the plan. */
function grouped(group: readonly Task[], others: readonly Task[] = []): string[] {
  return groupingAlike([...group, ...others])(group).map((alike) => alike.map(({ path }) => path.join('.')).join(' '))
}

const both = [task('one', '{ x }'), task('other', '{ x }')]

describe('what differs only in its places is one fetch', () => {
  it('where nobody adds to it, and not with what asks for something else', () => {
    expect(grouped([...both, task('third', '{ y }')])).toEqual(['one other', 'third'])
  })

  it('where others add the same in all of them, and not where they add in one alone', () => {
    expect(grouped(both, [task('one.x', '{ y(n: 1) }'), task('other.x', '{ y(n: 1) }')])).toEqual(['one other'])
    expect(grouped(both, [task('elsewhere.x', '{ y(n: 1) }')])).toEqual(['one other'])
    // What is added there would be an object in both, and with others like it one in a third place, to which more is added.
    expect(grouped(both, [task('one.x', '{ y(n: 1) }')])).toEqual(['one', 'other'])
  })

  it.each([
    { what: 'in a part of it', places: ['one.x', 'other.x'] },
    { what: 'in another part', places: ['one.x', 'other.x.y'] },
    { what: 'beside it', places: ['one', 'other'] },
  ])('and is not where what others add $what differs', ({ places: [first = '', second = ''] }) => {
    expect(grouped(both, [task(first, '{ x { y(n: 1) } }'), task(second, '{ x { y(n: 2) } }')])).toEqual([
      'one',
      'other',
    ])
  })

  it('and is not where what is added from above may differ, but is where that says nothing of it', () => {
    expect(grouped(both, [task('', '{ one { x { y(n: 1) } } other { x { y(n: 2) } } }')])).toEqual(['one', 'other'])
    expect(grouped(both, [task('', '{ third { x } }')])).toEqual(['one other'])
  })

  it('whatever was there before, since what is answered is added to that', () => {
    const before = task('', '{ one { x { y(n: 1) } } other { x { y(n: 2) } } }')
    const later = [task('one', '{ x }', [task('', '{ z }', [before])]), task('other', '{ x }', [before])]
    expect(grouped(later, [before])).toEqual(['one other'])
  })

  it('and those that agree are together', () => {
    const places = ['a', 'b', 'c', 'd'].map((place) => task(place, '{ x }'))
    const added = ['1', '2', '1'].map((n, at) => task(`${'abc'[at] ?? ''}.x`, `{ y(n: ${n}) }`))
    expect(grouped(places, added)).toEqual(['a c', 'b', 'd'])
  })
})
