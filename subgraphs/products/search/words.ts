import { foldLetters, stem } from '../../../platform/text/words.ts'

/** What a word is reduced to, so that "Children's" finds "children" and "Éclairs" finds "eclair". */

/** The words of a text, normalised. Of "T-Light" these are "t" and "light"; of "C++ ☕" they are "c", "c++" and "☕". */
export function wordsOf(text: string): string[] {
  return stretchesOf(text).flatMap(({ parts, symbols }) => [...parts.map(stem), ...symbols])
}

/** As `wordsOf`, and what hyphens join once more as one, for those who type "tlight". */
export function indexedWordsOf(text: string): string[] {
  return stretchesOf(text).flatMap(({ parts, symbols }) => [
    ...parts.map(stem),
    ...(parts.length > 1 ? [stem(parts.join(''))] : []),
    ...symbols,
  ])
}

/** What has no space in it: its words, and what else it may be called by. */
interface Stretch {
  readonly parts: readonly string[]
  readonly symbols: readonly string[]
}

function stretchesOf(text: string): Stretch[] {
  return foldLetters(text)
    .split(/\s+/u)
    .flatMap((token) => [
      ...token.split(/[^\p{L}\p{N}-]+/u).map((stretch) => {
        return { parts: stretch.split('-').filter((part) => part !== ''), symbols: [] }
      }),
      { parts: [], symbols: symbolsIn(token) },
    ])
}

/** Not the marks that stand behind any name. */
const picture = /\p{RI}{2}|(?![©®™])\p{Extended_Pictographic}/gu

/** Pictures, words that end in what makes another thing of them, such as "c++", and what has nothing but punctuation. */
function symbolsIn(token: string): string[] {
  const pictures = token.match(picture) ?? []
  const rest = token.replace(picture, '')
  const isName = /^[\p{L}\p{N}]+[+#]+$/u.test(rest) || /^[\p{P}\p{S}]+$/u.test(rest)
  return isName ? [...pictures, rest] : pictures
}

/** Such as "!!!": looked for only where there is nothing else to look for. */
function isPunctuation(word: string): boolean {
  return /^[\p{P}\p{S}]+$/u.test(word) && word.match(picture) === null
}

const fillers = new Set(['a', 'an', 'and', 'at', 'by', 'for', 'from', 'in', 'of', 'on', 'or', 'the', 'to', 'with'])

const mostWords = 12

/** The words to look for: each once, without those that say nothing, unless there are no others. */
export function searchedWordsOf(text: string): string[] {
  const words = [...new Set(wordsOf(text))]
  const telling = words.filter((word) => !fillers.has(word) && !isPunctuation(word))
  return (telling.length > 0 ? telling : words).slice(0, mostWords)
}
