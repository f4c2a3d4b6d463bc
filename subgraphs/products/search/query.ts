import type { Query } from 'minisearch'

/** How much is forgiven, from the least to the most. */
export const searchModes = [
  /** Every word, as typed or as the beginning of a longer one; a word the shop does not know may be a typing mistake. */
  'STRICT',
  /** Every word, give or take a typing mistake. */
  'FORGIVING',
  /** At least one of the words, give or take a typing mistake. */
  'ANY_WORD',
] as const
export type SearchMode = (typeof searchModes)[number]

const shortestBeginning = 3
/** The last word may still be in the making. */
const shortestLastBeginning = 2
/** Below this, every other word is one mistake away. */
const shortestForgiven = 4
const shortestHalf = 3
const mostMistakes = 2

/** What to ask the index for. @param vocabulary the words that are in it */
export function textQuery(words: readonly string[], mode: SearchMode, vocabulary: ReadonlySet<string>): Query {
  switch (mode) {
    case 'STRICT':
      return {
        combineWith: 'AND',
        queries: words.map((word) => (vocabulary.has(word) ? exact : forgiving)(word, words)),
      }
    case 'FORGIVING':
      return { combineWith: 'AND', queries: words.map((word) => forgiving(word, words)) }
    case 'ANY_WORD':
      return { combineWith: 'OR', queries: words.map((word) => forgiving(word, words)) }
  }
}

function exact(word: string, words: readonly string[]): Query {
  const shortest = word === words.at(-1) ? shortestLastBeginning : shortestBeginning
  return { queries: [word], prefix: word.length >= shortest, fuzzy: false }
}

/** The word, or one like it: other letters, two letters exchanged, a space forgotten. */
function forgiving(word: string, words: readonly string[]): Query {
  if (word.length < shortestForgiven) return exact(word, words)
  return {
    combineWith: 'OR',
    queries: [
      { queries: [word], prefix: true, fuzzy: 0.2, maxFuzzy: mostMistakes },
      // MiniSearch counts two letters in the wrong order as two mistakes, which is one more than a short word may have.
      { combineWith: 'OR', queries: swapsOf(word), prefix: false, fuzzy: false },
      ...halvesOf(word).map((halves) => ({
        combineWith: 'AND' as const,
        queries: halves,
        prefix: false,
        fuzzy: false,
      })),
    ],
  }
}

/** The word with each two neighbouring letters exchanged. */
function swapsOf(word: string): string[] {
  const letters = Array.from(word)
  return letters
    .slice(1)
    .map((letter, at) => [...letters.slice(0, at), letter, letters[at] ?? '', ...letters.slice(at + 2)].join(''))
    .filter((swapped) => swapped !== word)
}

/** The word cut in two at each place, as "teatowel" is two words. */
function halvesOf(word: string): string[][] {
  const cuts = Array.from({ length: Math.max(0, word.length - 2 * shortestHalf + 1) }, (_, at) => at + shortestHalf)
  return cuts.map((at) => [word.slice(0, at), word.slice(at)])
}
