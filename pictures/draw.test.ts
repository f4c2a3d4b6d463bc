import { describe, expect, it } from 'vitest'
import { drawProductImage, productImage } from './draw.ts'
import { wellFormedness } from './well-formed.ts'

const things = [
  ['mugs-and-tea', 'red-retrospot-mug'],
  ['candles', 'set-of-6-t-lights-cacti'],
  ['soft-furnishings', 'vintage-union-jack-cushion-cover'],
  ['party', 'paper-bunting-white-lace'],
  ['other', 'next-day-carriage'],
] as const

describe('a product image', () => {
  it.each(things)('is a small, well-formed SVG with a title: %s/%s', (category, slug) => {
    const image = drawProductImage(category, slug) ?? ''
    expect(wellFormedness(image)).toBe('well-formed')
    expect(image).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/)
    expect(image).toContain('<title>')
    expect(image.length).toBeLessThan(4096)
  })

  it('is the same for the same address and another for another', () => {
    expect(drawProductImage('kitchen', 'oven-mitt')).toBe(drawProductImage('kitchen', 'oven-mitt'))
    expect(drawProductImage('kitchen', 'oven-mitt')).not.toBe(drawProductImage('kitchen', 'tin-opener'))
  })

  it('takes its colours and its pattern from the words of the slug', () => {
    const spotted = drawProductImage('mugs-and-tea', 'blue-polkadot-mug') ?? ''
    expect(spotted).toContain('#5289ba')
    expect(spotted).toContain('<pattern')
    expect(drawProductImage('mugs-and-tea', 'blue-mug')).not.toContain('<pattern')
  })

  it('is drawn for a category that staff have added', () => {
    expect(drawProductImage('lampposts', 'green-lamppost')).toContain('<title>Green lamppost</title>')
  })

  it.each([
    ['Kitchen', 'mug'],
    ['kitchen', '../etc/passwd'],
    ['kitchen', 'mug"><script>'],
    ['', 'mug'],
    ['kitchen', ''],
    ['kitchen', 'a'.repeat(121)],
    ['-kitchen', 'mug'],
  ])('is not drawn for what is not a slug: %j %j', (category, slug) => {
    expect(drawProductImage(category, slug)).toBeNull()
  })
})

describe('the address of an image', () => {
  it('names an SVG by category and product and has an etag of its content', () => {
    const image = productImage({ category: 'kitchen', file: 'oven-mitt.svg' })
    expect(image?.body).toBe(drawProductImage('kitchen', 'oven-mitt'))
    expect(image?.etag).toMatch(/^"[\w-]{22}"$/)
    expect(productImage({ category: 'garden', file: 'oven-mitt.svg' })?.etag).not.toBe(image?.etag)
  })

  it.each(['oven-mitt', 'oven-mitt.png', '.svg', 'a/b.svg', 'oven-mitt.svg.svg', 'Oven.svg'])('is not %s', (file) => {
    expect(productImage({ category: 'kitchen', file })).toBeNull()
  })
})
