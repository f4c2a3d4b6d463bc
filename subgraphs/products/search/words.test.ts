import { expect, test } from 'vitest'

import { indexedWordsOf, searchedWordsOf, wordsOf } from './words.ts'

test.each([
  ["Children's  APRON", ['children', 'apron']],
  ['Éclair, crème', ['eclair', 'creme']],
  ['candles boxes glasses dishes', ['candle', 'box', 'glass', 'dish']],
  ['berries ties', ['berry', 'tie']],
  ['dress cactus 50s gas', ['dress', 'cactus', '50s', 'gas']],
  ['T-Light', ['t', 'light']],
  ['85123A', ['85123a']],
  ['—!? -- ', ['—!?', '--']],
  ['kırıkçı Größe', ['kirikci', 'grosse']],
  ['C++, C# & F#', ['c', 'c', 'c#', '&', 'f', 'f#']],
  ['Mug☕ 👩‍🍳 ☕️ 🇩🇪', ['mug', '☕', '👩', '🍳', '☕', '🇩🇪']],
  ['Brick™ \0', ['bricktm']],
])('%j has the words %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words)
})

test('a plural and its singular are one word', () => {
  for (const [one, many] of [
    ['box', 'boxes'],
    ['glass', 'glasses'],
    ['berry', 'berries'],
    ['house', 'houses'],
  ]) {
    expect(wordsOf(many ?? '')).toEqual(wordsOf(one ?? ''))
  }
})

test('what a hyphen joins is indexed as one word too', () => {
  expect(indexedWordsOf('T-Light holders')).toEqual(['t', 'light', 'tlight', 'holder'])
})

test('punctuation is looked for where there is nothing else, and a picture in any case', () => {
  expect(searchedWordsOf('!!!')).toEqual(['!!!'])
  expect(searchedWordsOf('mug - red !')).toEqual(['mug', 'red'])
  expect(searchedWordsOf('☕ mug')).toEqual(['☕', 'mug'])
})

test('each word is looked for once, without those that say nothing', () => {
  expect(searchedWordsOf('the bag with the bags')).toEqual(['bag'])
  expect(searchedWordsOf('in the')).toEqual(['in', 'the'])
  expect(searchedWordsOf('one two three four five six seven eight nine ten eleven twelve more')).toHaveLength(12)
})
