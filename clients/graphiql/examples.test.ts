import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'

import api from '../api.graphql?raw'
import { examples } from './examples.ts'

describe('the examples', () => {
  const schema = buildSchema(api)

  it('are one tab a step of the shopping trip, in its order', () => {
    expect(examples.map(({ title }) => title)).toEqual([
      'Browse',
      'ProductPage',
      'AddToCart',
      'MyCart',
      'PlaceOrder',
      'MyOrders',
      'StaffOrders',
      'AskAssistant',
      'AcceptProposal',
    ])
  })

  it.each(examples)('$title is an operation of the public graph', ({ query }) => {
    expect(validate(schema, parse(query))).toEqual([])
  })

  it.each(examples)('$title fits into the editor without scrolling sideways', ({ query }) => {
    const longest = Math.max(...query.split('\n').map((line) => line.length))
    expect(longest).toBeLessThanOrEqual(56)
  })
})
