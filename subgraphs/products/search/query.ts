import type { Query } from 'minisearch'

import type { Vocabulary } from './vocabulary.ts'

/** How much is forgiven, from the least to the most. */
export const searchModes = [
  /** Every word, as typed or as the beginning of a longer one; a word the shop does not know may be a typing mistake. */
  'STRICT',
  /** Every word, give or take a typing mistake. */
  'FORGIVING',
  /** At least one of the words; one the shop does not know may be a typing mistake. */
  'ANY_WORD',
] as const
export type SearchMode = (typeof searchModes)[number]

/** One word of a search: what to ask the index for, and the terms that show that a hit holds the word. */
interface Wanted {
  readonly query: Query
  readonly terms: readonly string[]
}

export interface TextQuery {
  readonly query: Query
  /** How many of the words a hit holds. @param terms the terms of the query that it was found by */
  heldBy(terms: readonly string[]): number
}

const shortestBeginning = 3
/** The last word may still be in the making. */
const shortestLastBeginning = 2
/** Below this, every other word is one mistake away. */
const shortestForgiven = 4
/** Nothing is called by a longer word, and comparing one with the whole vocabulary takes long. */
const longestForgiven = 30
const shortestHalf = 3
/** Two mistakes are forgiven in words of eight letters, of which one may have been lost. */
const shortestOfTwoMistakes = 7
/** The last word mostly names the thing, and those before it only say what kind: "white hanging heart". */
const lastWordBoost = 1.5
/** Hands slip within a word more often than on its first letter. */
const otherInitialBoost = 0.3

/** What to ask the index for. */
export function textQuery(words: readonly string[], mode: SearchMode, vocabulary: Vocabulary): TextQuery {
  const wanted = words.map((word, at): Wanted => {
    const isLast = at === words.length - 1
    const typed = asTyped(word, isLast)
    const { query, terms } = mode !== 'FORGIVING' && vocabulary.has(word) ? typed : forgiving(word, typed, vocabulary)
    const joined = joinsOf(words, at).filter((each) => vocabulary.has(each))
    return {
      query: { combineWith: 'OR', boostTerm: () => (isLast ? lastWordBoost : 1), queries: [query, ...exactly(joined)] },
      terms: [...terms, ...joined],
    }
  })
  const queries = wanted.map(({ query }) => query)
  if (mode !== 'ANY_WORD') return { query: { combineWith: 'AND', queries }, heldBy: () => words.length }
  return {
    query: { combineWith: 'OR', queries },
    heldBy: (terms) => wanted.filter((each) => each.terms.some((term) => terms.includes(term))).length,
  }
}

function asTyped(word: string, isLast: boolean): Wanted {
  const shortest = isLast ? shortestLastBeginning : shortestBeginning
  return { query: { queries: [word], prefix: word.length >= shortest, fuzzy: false }, terms: [word] }
}

function exactly(words: readonly string[]): Query[] {
  return words.map((word) => ({ queries: [word], prefix: false, fuzzy: false }))
}

/** The word, or one like it: other letters, two letters exchanged, a space forgotten. */
function forgiving(word: string, typed: Wanted, vocabulary: Vocabulary): Wanted {
  if (word.length < shortestForgiven || word.length > longestForgiven) return typed
  // MiniSearch counts two letters in the wrong order as two mistakes, which is one more than a short word may have.
  const swapped = swapsOf(word).filter((each) => vocabulary.has(each))
  const halved = halvesOf(word).filter((halves) => halves.every((half) => vocabulary.has(half)))
  return {
    query: {
      combineWith: 'OR',
      queries: [
        {
          queries: [word],
          prefix: true,
          fuzzy: word.length < shortestOfTwoMistakes ? 1 : 2,
          boostDocument: likely(word, vocabulary),
        },
        ...exactly(swapped),
        ...halved.map((halves): Query => ({ combineWith: 'AND', queries: exactly(halves) })),
      ],
    },
    terms: [word, ...swapped, ...halved.flat()],
  }
}

/**
 * What is common was meant more likely: who types "hart" wants one of many hearts, and hardly the one hat. Its root,
 * for what is rare is meant too: of 2,037 invented mistakes in names, 1,712 found what was meant first, against 1,689.
 */
function likely(word: string, vocabulary: Vocabulary) {
  return (_id: unknown, term: string): number => {
    if (term.startsWith(word)) return 1
    return Math.sqrt(vocabulary.commonness(term)) * (term.at(0) === word.at(0) ? 1 : otherInitialBoost)
  }
}

/** The word together with its neighbours, as "door mat" is one word. */
function joinsOf(words: readonly string[], at: number): string[] {
  const word = words[at] ?? ''
  const joined = [`${words[at - 1] ?? ''}${word}`, `${word}${words[at + 1] ?? ''}`]
  return joined.filter((each) => each !== word)
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
