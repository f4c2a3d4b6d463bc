import { describe, expect, test } from 'vitest'
import { z } from 'zod'

import { parseInput } from './refusals.ts'

const schema = z.object({
  name: z.string().min(1, 'The name is missing.'),
  nickname: z.string().max(5).optional(),
  email: z.email().optional(),
  quantity: z.int().max(99).optional(),
  tags: z.array(z.string()).min(1).optional(),
  size: z.enum(['S', 'M']).optional(),
  address: z.object({ city: z.string() }).optional(),
})

describe('an input that breaks a rule', () => {
  test.each([
    { what: 'a rule that has words of its own', input: { name: '' }, field: 'name', message: 'The name is missing.' },
    { what: 'what is missing', input: {}, field: 'name', message: 'A value is missing.' },
    { what: 'what is null', input: { name: null }, field: 'name', message: 'A value is missing.' },
    { what: 'another type', input: { name: 5 }, field: 'name', message: 'The value is of a wrong type.' },
    {
      what: 'part of a number',
      input: { name: 'A', quantity: 1.5 },
      field: 'quantity',
      message: 'The value is of a wrong type.',
    },
    { what: 'too much', input: { name: 'A', quantity: 100 }, field: 'quantity', message: 'The value is too large.' },
    {
      what: 'too long a text',
      input: { name: 'A', nickname: 'Abcdef' },
      field: 'nickname',
      message: 'The value is too long.',
    },
    { what: 'too short a list', input: { name: 'A', tags: [] }, field: 'tags', message: 'The value is too short.' },
    {
      what: 'another form',
      input: { name: 'A', email: 'nonsense' },
      field: 'email',
      message: 'The value is not valid.',
    },
    {
      what: 'none of the choices',
      input: { name: 'A', size: 'XL' },
      field: 'size',
      message: 'The value is not valid.',
    },
    {
      what: 'a part of a part',
      input: { name: 'A', address: {} },
      field: 'address.city',
      message: 'A value is missing.',
    },
  ])('is refused in our words: $what', ({ input, field, message }) => {
    expect(parseInput(schema, input)).toEqual({
      ok: false,
      refusal: { __typename: 'InvalidInput', code: 'INVALID_INPUT', field, message },
    })
  })

  test('as a whole has no field', () => {
    expect(parseInput(schema, 'text')).toMatchObject({
      refusal: { field: '', message: 'The value is of a wrong type.' },
    })
  })
})

test('an input that keeps the rules is its value', () => {
  expect(parseInput(schema, { name: 'Ada', other: 1 })).toEqual({ ok: true, value: { name: 'Ada' } })
})
