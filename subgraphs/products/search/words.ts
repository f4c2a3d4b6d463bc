/** What a word is reduced to, so that "Children's" finds "children" and "Éclairs" finds "eclair". */

/** The words of a text, normalised. Of "T-Light" these are "t" and "light". */
export function wordsOf(text: string): string[] {
  return compoundsOf(text).flatMap((parts) => parts.map(stem))
}

/** As `wordsOf`, and what hyphens join once more as one, for those who type "tlight". */
export function indexedWordsOf(text: string): string[] {
  return compoundsOf(text).flatMap((parts) => [...parts.map(stem), ...(parts.length > 1 ? [stem(parts.join(''))] : [])])
}

/** Each stretch without a space, split where it has something else than letters and digits. */
function compoundsOf(text: string): string[][] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’‘`]/gu, '')
  return plain.split(/[^\p{L}\p{N}-]+/u).map((stretch) => stretch.split('-').filter((part) => part !== ''))
}

/** Singular and plural become alike, no more: a stronger stemmer makes "dressing" a "dress". */
function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2)
  if (/[^su]s$/.test(word)) return word.slice(0, -1)
  return word
}

const fillers = new Set(['a', 'an', 'and', 'at', 'by', 'for', 'from', 'in', 'of', 'on', 'or', 'the', 'to', 'with'])

const mostWords = 12

/** The words to look for: each once, without those that say nothing, unless there are no others. */
export function searchedWordsOf(text: string): string[] {
  const words = [...new Set(wordsOf(text))]
  const telling = words.filter((word) => !fillers.has(word))
  return (telling.length > 0 ? telling : words).slice(0, mostWords)
}
