import { expect, test } from 'vitest'

import { foldLetters, stem } from './words.ts'

test.each([
  ['Éclair', 'eclair'],
  ['kırıkçı', 'kirikci'],
  ['KIRIKÇI', 'kirikci'],
  ['İSTANBUL', 'istanbul'],
  ['große', 'grosse'],
  ['GROẞE', 'grosse'],
  ['Smørbrød', 'smorbrod'],
  ['Æble œuf', 'aeble oeuf'],
  ['Łódź', 'lodz'],
  ['Đorđe', 'dorde'],
  ['Þórður', 'thordur'],
  ['ŋuŧħa', 'nutha'],
  ['ﬁne', 'fine'],
  ["Children's", 'childrens'],
  ['茶 ☕ C++', '茶 ☕ c++'],
])('%s is folded to %s', (text, folded) => {
  expect(foldLetters(text)).toBe(folded)
})

test.each(['I', 'İ', 'ı', 'i'])('a Turkish shopper finds %s by any i', (letter) => {
  expect(foldLetters(letter)).toBe('i')
})

test.each([
  ['boxes', 'box'],
  ['berries', 'berry'],
  ['dress', 'dress'],
  ['1950s', '1950s'],
])('the stem of %s is %s', (word, expected) => {
  expect(stem(word)).toBe(expected)
})
