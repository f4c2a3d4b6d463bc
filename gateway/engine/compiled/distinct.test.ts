import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'

import type { QueryPlanSelectionNode } from '../apollo/planner.ts'
import { distinguishing } from './distinct.ts'

const schema = buildSchema(`
  type Query { node: Node }
  interface Node { id: ID! }
  type One implements Node { id: ID! region: Region }
  type Two implements Node { id: ID! }
  type Region { code: String }
`)

const field = (name: string, selections?: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'Field',
  name,
  ...(selections && { selections }),
})

const on = (typeCondition: string, ...selections: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'InlineFragment',
  typeCondition,
  selections,
})

const byId = distinguishing([on('One', field('__typename'), field('id'))], schema)

describe('what stands in several places', () => {
  it('is asked for once, and what is not known nowhere', () => {
    const [one, other] = [
      { __typename: 'One', id: 'a', more: 1 },
      { __typename: 'One', id: 'b' },
    ]
    const { representations, places } = byId([
      other,
      one,
      { ...one, more: 2 },
      { __typename: 'Two', id: 'a' },
      { __typename: 'One' },
      { id: 'a' },
      { ...other },
      { __typename: 'Two', id: 'a' },
    ])
    expect(representations).toEqual([
      { __typename: 'One', id: 'b' },
      { __typename: 'One', id: 'a' },
    ])
    expect(places).toEqual([0, 1, 1, -1, -1, -1, 0, -1])
  })

  it('is the same only with the same type and a key of the same kind', () => {
    const distinct = distinguishing([on('Node', field('__typename'), field('id'))], schema)
    const objects = [
      { __typename: 'One', id: '1' },
      { __typename: 'Two', id: '1' },
      { __typename: 'One', id: 1 },
      { __typename: 'One', id: '{"__typename":"One","id":1}' },
      { __typename: 'One', id: null },
      { __typename: 'One', id: '__proto__' },
      { __typename: 'One', id: '' },
    ]
    expect(distinct([...objects, ...objects.toReversed()])).toEqual({
      representations: objects,
      places: [0, 1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1, 0],
    })
  })

  it('is told apart by all that it is found by', () => {
    const inside = field('region', [field('code')])
    const distinct = distinguishing([on('One', field('__typename'), field('id'), inside)], schema)
    const object = (id: string, code: string) => ({ __typename: 'One', id, region: { code, name: 'n' } })
    const { representations, places } = distinct([
      object('a', 'x'),
      object('a', 'y'),
      object('b', 'x'),
      object('a', 'x'),
    ])
    expect(representations).toEqual([
      { __typename: 'One', id: 'a', region: { code: 'x' } },
      { __typename: 'One', id: 'a', region: { code: 'y' } },
      { __typename: 'One', id: 'b', region: { code: 'x' } },
    ])
    expect(places).toEqual([0, 1, 2, 0])
  })

  it('has of each fragment what is for its type', () => {
    const distinct = distinguishing(
      [on('One', field('__typename'), field('id')), on('Two', field('__typename'), field('id'))],
      schema,
    )
    const objects = [
      { __typename: 'Two', id: 'a' },
      { __typename: 'One', id: 'a' },
      { __typename: 'Region', id: 'a' },
    ]
    expect(distinct(objects)).toEqual({ representations: objects.slice(0, 2), places: [0, 1, -1] })
  })

  it('is represented anew for each request, since a plan may change what is sent', () => {
    const objects = [{ __typename: 'One', id: 'a' }]
    const [first, second] = [byId(objects), byId(objects)]
    expect(first.representations[0]).not.toBe(second.representations[0])
    expect(first.representations[0]).not.toBe(objects[0])
  })
})
