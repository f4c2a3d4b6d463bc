import { asRead, wordsIn, type ReplyRule } from './reply.ts'

/** No word that is meant has one letter so many times in a row. */
const stuck = /(\p{L})\1{5,}|([^\s\p{L}\p{N}])\2{7,}/u
const broken =
  /\ufffd|<think>|\[\/?(?:INST|TOOL_CALLS?)\]|\b(?:searchProducts|productDetails|viewCart|orderStatus|proposeCartChange)\b/
const longestWord = 40
/** Words from which on it is counted how many of the triples among them are said once. */
const countedFrom = 24
const shareSaidOnce = 0.5

/** What small models fall into: one thing again and again, calls of tools written as words, signs that are no words. */
export const isSense: ReplyRule = ({ text }) => {
  const read = asRead(text)
  const words = wordsIn(read)
  if (stuck.test(read) || broken.test(read)) return 'it is no language'
  if (words.some((word) => word.length > longestWord)) return 'it holds a word that is none'
  return goesRound(words) ? 'it says the same again and again' : undefined
}

/** The same up to six words three times in a row, or mostly what was said before. */
function goesRound(words: readonly string[]): boolean {
  const isSaidThrice = (from: number, length: number) => {
    const [one, two, three] = [0, 1, 2].map((at) => words.slice(from + at * length, from + (at + 1) * length).join(' '))
    return one === two && two === three && from + 3 * length <= words.length
  }
  if (words.some((_word, from) => [1, 2, 3, 4, 5, 6].some((length) => isSaidThrice(from, length)))) return true
  const triples = words.slice(2).map((word, at) => [words[at], words[at + 1], word].join(' '))
  return words.length >= countedFrom && new Set(triples).size < triples.length * shareSaidOnce
}
