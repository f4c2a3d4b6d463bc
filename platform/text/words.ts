import slugify from '@sindresorhus/slugify'

/** Latin letters that neither decompose nor are known to slugify. */
export const moreLetters: readonly (readonly [letter: string, plain: string])[] = [
  ['ŋ', 'n'],
  ['ŧ', 't'],
  ['ĸ', 'k'],
  ['ƒ', 'f'],
  ['Ŋ', 'N'],
  ['Ŧ', 'T'],
]

/** By letter. There are as many as scripts have letters, and few are met. */
const plainLetters = new Map<string, string>(moreLetters)

/**
 * In lower case, without accents, and in plain letters where a slug would have them: "Éclair" is "eclair", "kırıkçı" is "kirikci",
 * "Größe" is "grosse". What has no plain letters stays as it is.
 */
export function foldLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{ASCII}]/gu, plainLetter)
    .replace(/['’‘`]/gu, '')
}

function plainLetter(letter: string): string {
  const known = plainLetters.get(letter)
  if (known !== undefined) return known
  const slug = /\p{L}/u.test(letter) ? slugify(letter, { decamelize: false }) : ''
  const plain = slug === '' ? letter : slug
  plainLetters.set(letter, plain)
  return plain
}

/** Singular and plural of a folded word become alike, no more: a stronger stemmer makes "dressing" a "dress". */
export function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2)
  if (/[^su]s$/.test(word)) return word.slice(0, -1)
  return word
}
