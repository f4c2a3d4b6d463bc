import { describe, expect, it } from 'vitest'

import { fillIn } from './fill-in.ts'
import { learn } from './known-values.ts'

describe('filling in variables', () => {
  const variables = `{
  "input": {
    "slug": "old \\"slug\\"", // <- product.slug
    "cartVersion": 0, // <- cart.version
    "quantity": 2
  }
}`

  it('puts known values into the marked lines and leaves the others', () => {
    const filled = fillIn(variables, { 'product.slug': 'red-bag', 'cart.version': 7 })
    expect(filled).toContain('"slug": "red-bag", // <- product.slug')
    expect(filled).toContain('"cartVersion": 7, // <- cart.version')
    expect(filled).toContain('"quantity": 2\n')
  })

  it('leaves a marked line whose value is not known', () => {
    expect(fillIn(variables, {})).toBe(variables)
  })

  it('fills in the last line of an object, which has no comma', () => {
    expect(fillIn('{\n  "slug": "" // <- product.slug\n}', { 'product.slug': 'a' })).toBe(
      '{\n  "slug": "a" // <- product.slug\n}',
    )
  })

  it('leaves a line whose mark was deleted', () => {
    expect(fillIn('{ "slug": "mine" }', { 'product.slug': 'a' })).toBe('{ "slug": "mine" }')
  })

  it('keeps what looks like a replacement pattern as it is', () => {
    expect(fillIn('"a": "", // <- product.slug', { 'product.slug': '$1$&' })).toBe('"a": "$1$&", // <- product.slug')
  })
})

describe('learning from answers', () => {
  const product = (slug: string, inStock: boolean) => ({
    slug,
    variants: [
      { id: `${slug}-small`, availability: { inStock: false } },
      { id: `${slug}-large`, availability: { inStock } },
    ],
  })

  it('takes the first product, and of it the first variant in stock', () => {
    const data = { products: { edges: [{ node: product('red', true) }, { node: product('blue', true) }] } }
    expect(learn({}, data)).toEqual({ 'product.slug': 'red', 'variant.id': 'red-large' })
  })

  it('passes by a product that cannot be bought', () => {
    const data = { products: [product('red', false), product('blue', true)] }
    expect(learn({}, data)).toEqual({ 'product.slug': 'blue', 'variant.id': 'blue-large' })
  })

  it('takes the cart as it last was, with one order key for each version of it', () => {
    const known = learn({}, { cart: { id: 'c1', version: 1, subtotal: { amount: 195, currency: 'GBP' } } })
    const later = learn(known, { addCartItem: { id: 'c1', version: 2, subtotal: { amount: 390, currency: 'GBP' } } })
    expect(later).toEqual({ 'cart.version': 2, 'cart.subtotal': 390, 'cart.orderKey': 'c1-2' })
  })

  it('takes the last proposal of the assistant, and no other token', () => {
    const reply = (token: string) => ({ askAssistant: { proposal: { token, expiresAt: '2026-01-01T00:10:00.000Z' } } })
    const known = learn(learn({}, reply('first')), reply('second'))
    expect(learn(known, { signIn: { token: 'another' }, askAssistant: { proposal: null } })).toEqual({
      'proposal.token': 'second',
    })
  })

  it.each([null, undefined, 'text', { cart: null }, { addCartItem: { code: 'OUT_OF_STOCK' } }])(
    'learns nothing from %j',
    (data) => {
      expect(learn({}, data)).toEqual({})
    },
  )
})
