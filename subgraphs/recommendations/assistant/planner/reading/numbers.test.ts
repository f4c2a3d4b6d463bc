import { expect, it } from 'vitest'

import { numbersJoined } from './numbers.ts'

it.each([
  ['twenty five of them', '25 of them'],
  ['twenty-five million', '25000000'],
  ['a hundred and two mugs', '102 mugs'],
  ['hundred and twenty', '120'],
  ['thirty-four hundred and fifty', '3450'],
  ['one million eighty two thousand', '1082000'],
  ['two hundred twenty five thousand seven hundred and fifty-five', '225755'],
  ['2 hundred', '200'],
  ['the twenty first', 'the 21th'],
  ['nine hundred billion billion', '900000000000 billion'],
  // Two numbers, and none.
  ['two fifty', 'two fifty'],
  ['one two three', 'one two three'],
  ['a hundred and the second', '100 and the second'],
  ['one and two', 'one and two'],
  ['five', 'five'],
  ['a mug and two bags', 'a mug and two bags'],
  ['t-light holders', 't-light holders'],
  ['', ''],
])('reads numbers of several words: %s', (said, read) => {
  expect(numbersJoined(said.split(' ')).join(' ')).toBe(read)
})
