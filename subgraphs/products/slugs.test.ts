import { expect, test } from 'vitest'

import { isSlug, slugOf } from './slugs.ts'

test.each([
  ['T-Light Holder, 50s', 't-light-holder-50s'],
  ["Children's Apron", 'childrens-apron'],
  ['Éclair & Crème', 'eclair-and-creme'],
  ['3D Sheet', '3d-sheet'],
  ['!!!', 'product'],
  ['茶', 'product'],
  [`${'a'.repeat(119)} b`, 'a'.repeat(119)],
])('%s becomes %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
  expect(isSlug(slug)).toBe(true)
})

test.each(['', 'Mug', 'a b', '-a', 'a-', 'a--b', "a'b", 'a\0b', 'é'])('%j is no slug', (text) => {
  expect(isSlug(text)).toBe(false)
})
