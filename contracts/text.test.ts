import { describe, expect, it } from 'vitest'

import { isSeen, isWellFormed, line, optionalLine, paragraphs, searchText, utterance } from './text.ts'

const name = line('The name', 20)

function refusal(
  typed: string,
  schema: { safeParse(typed: string): { error?: { issues: { message: string }[] } } } = name,
) {
  return schema.safeParse(typed).error?.issues[0]?.message
}

const missing = 'The name is missing.'
const nothingVisible = 'The name needs at least one letter or digit.'
const unseen = 'The name holds characters that cannot be seen or printed.'

describe('a name', () => {
  it.each([
    ['Latin', 'Ada Lovelace'],
    ['composed', 'Zo\u00eb'],
    ['with an apostrophe', "O'Neill-Smith, Jr."],
    ['Chinese', '王小明'],
    ['Japanese with a variant of a character', '葛\u{e0100}城'],
    ['Korean', '김민준'],
    ['Arabic', 'محمد'],
    ['Persian with a non-joiner', 'علی\u200cرضا'],
    ['Hindi with a joiner', 'क्\u200dष'],
    ['Sinhala with a joiner', 'ශ්\u200dරී'],
    ['Thai', 'สมชาย'],
    ['Mongolian with a variation selector', 'ᠮᠣᠩᠭ\u180bᠣᠯ'],
    ['with a single digit', '7'],
    ['with an emoji of several people', 'Ada 👩\u200d👩\u200d👧'],
    ['with a coloured emoji at work', 'Ada 👩🏽\u200d🔬'],
    ['with an emoji in colour', 'Ada \u2764\ufe0f'],
    ['with the flag of Scotland', 'Ada 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
  ])('may be %s', (_how, typed) => {
    expect(name.parse(typed)).toBe(typed.normalize('NFC'))
  })

  it.each([
    ['empty', '', missing],
    ['spaces of all kinds', ' \t\n\u00a0\u1680\u2003\u202f\u205f\u3000\ufeff', missing],
    ['a zero-width space', '\u200b', unseen],
    ['a Braille cell without a dot', '\u2800', unseen],
    ['a Hangul filler', '\u3164', unseen],
    ['a half-width Hangul filler', '\uffa0', unseen],
    ['Hangul fillers of a syllable', '\u115f\u1160', unseen],
    ['a word joiner', '\u2060', unseen],
    ['a joiner alone', '\u200d', unseen],
    ['a soft hyphen', '\u00ad', unseen],
    ['a name with a filler in it', 'Ada\u3164Lovelace', unseen],
    ['a name that is turned round', 'Ada\u202eecalevoL', unseen],
    ['a name with an isolate', 'Ada\u2066x\u2069', unseen],
    ['a name with a mark of direction', 'Ada\u200f', unseen],
    ['a name with a Latin joiner', 'A\u200dda', unseen],
    ['a name with two joiners in a row', 'علی\u200c\u200cرضا', unseen],
    ['a name with a variation selector alone', 'Ada \ufe0f', unseen],
    ['a name with a control character', 'Ada\u0007', unseen],
    ['a name with a null character', 'Ada\0', unseen],
    ['two lines', 'Ada\nLovelace', unseen],
    ['a name with a line separator', 'Ada\u2028Lovelace', unseen],
    ['half a surrogate pair', 'Ada\ud83d', unseen],
    ['a tag outside of a flag', 'Ada\u{e0041}', unseen],
    ['marks and no letter', '!?', nothingVisible],
    ['an emoji alone', '🦉', nothingVisible],
    ['a combining mark alone', '\u0301', nothingVisible],
  ])('may not be %s', (_what, typed, message) => {
    expect(refusal(typed)).toBe(message)
  })

  it('is one however its accents are composed, and has no spaces around it', () => {
    expect(name.parse('\u3000\u00a0Zoe\u0308\u2003\ufeff')).toBe('Zo\u00eb')
  })

  it('is as long as it is in code points, composed', () => {
    expect(refusal('🦉'.repeat(19) + 'a')).toBeUndefined()
    expect(refusal('e\u0301'.repeat(20))).toBeUndefined()
    expect(refusal('a'.repeat(21))).toBe('The name is longer than 20 characters.')
  })
})

it('a line that may be left out is none when it is empty', () => {
  const second = optionalLine('The second line', 20)
  expect([null, undefined, '', ' \u3000'].map((typed) => second.parse(typed))).toEqual(Array(4).fill(undefined))
  expect(second.parse(' Flat 3 ')).toBe('Flat 3')
  expect(second.safeParse('\u200b').success).toBe(false)
  expect(second.safeParse('!').success).toBe(false)
})

it('paragraphs have lines and tabs, and nothing else that is not seen', () => {
  const description = paragraphs('The description', 40)
  expect(description.parse('\n- one\r\n- two\t3\u2028\n')).toBe('- one\r\n- two\t3')
  for (const typed of ['', '\n', '!\n!', 'a\u0007', 'a\u202e', 'a\u200b', 'a\ud800']) {
    expect(description.safeParse(typed).success, JSON.stringify(typed)).toBe(false)
  }
})

it('what a message says may be an emoji, but not nothing', () => {
  const message = utterance('The message', 40)
  for (const typed of ['🎁?', '?', 'a\nb']) expect(message.parse(typed)).toBe(typed)
  for (const typed of ['', ' \u3000', '\u200b', '\u3164', '\u2800', 'a\u202eb']) {
    expect(message.safeParse(typed).success, JSON.stringify(typed)).toBe(false)
  }
})

it('a search loses what nobody sees, and is never refused', () => {
  expect(searchText.parse('\u200b red\u00ad\u200b mug\u202e\0 \ud83d')).toBe('red mug')
  expect(searchText.parse('👩\u200d👧 علی\u200cرضا')).toBe('👩\u200d👧 علی\u200cرضا')
  expect(searchText.parse('\u200b\u3164')).toBe('')
})

it('a text is seen when anything in it is', () => {
  expect(['a', '!', '🦉', ' x '].map(isSeen)).toEqual(Array(4).fill(true))
  expect(['', '        ', '\u3000', '\u200b'.repeat(8), '\u3164', '\u2800'].map(isSeen)).toEqual(Array(6).fill(false))
})

it('half a surrogate pair is not well formed', () => {
  expect(['🦉', 'a', '\ud83d', 'a\udd89'].map(isWellFormed)).toEqual([true, true, false, false])
})
