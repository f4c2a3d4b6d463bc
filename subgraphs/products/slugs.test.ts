import { expect, test } from 'vitest'

import { parseSlug, slugOf } from './slugs.ts'

test.each([
  ['T-Light Holder, 50s', 't-light-holder-50s'],
  ["Children's Apron", 'childrens-apron'],
  ['Éclair & Crème', 'eclair-and-creme'],
  ['3D Sheet', '3d-sheet'],
  ['!!!', 'product'],
  ['Kırıkçı ŋuŧħa', 'kirikci-nutha'],
  ['茶', 'product'],
  [`${'a'.repeat(119)} b`, 'a'.repeat(119)],
])('%s becomes %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
  expect(parseSlug(slug)).toBe(slug)
})

test('a slug is the same in capitals', () => {
  expect(parseSlug('Tea-TOWEL-50s')).toBe('tea-towel-50s')
})

test.each(['', 'a b', '-a', 'a-', 'a--b', "a'b", 'a\0b', 'é'])('%j is no slug', (text) => {
  expect(parseSlug(text)).toBeUndefined()
})
