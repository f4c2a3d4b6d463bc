import { asRead, wordsIn, type ReplyRule } from './reply.ts'

/** So many words of the instructions one after the other are no accident. */
const wordsInARow = 7
/** What each of them counts, and what a word between two of them, in either text, takes away. */
const [shared, between] = [3, 1]
/** Of their letters, where the words are pulled apart or run together. */
const lettersInARow = 36

/** The instructions are not repeated: in order or backwards, with other words in between, or letter by letter. */
export const keepsInstructions: ReplyRule = ({ text, prompt }) => {
  const [said, secret] = [wordsIn(asRead(text)), wordsIn(prompt)]
  const isTold =
    likeness(said, secret) >= shared * wordsInARow ||
    likeness(said.toReversed(), secret) >= shared * wordsInARow ||
    sharesLetters(said.join(''), secret.join(''))
  return isTold ? 'it repeats its instructions' : undefined
}

/**
 * How much of the one stands in the other, at the best place of both.
 *
 * T. F. Smith, M. S. Waterman, "Identification of common molecular subsequences", Journal of Molecular Biology 147, 1981.
 */
function likeness(words: readonly string[], secret: readonly string[]): number {
  let above = new Array<number>(secret.length + 1).fill(0)
  let best = 0
  for (const word of words) {
    const row = [0]
    secret.forEach((other, at) => {
      const met = word === other ? (above[at] ?? 0) + shared : 0
      const score = Math.max(0, met, (above[at + 1] ?? 0) - between, (row[at] ?? 0) - between)
      row.push(score)
      best = Math.max(best, score)
    })
    above = row
  }
  return best
}

function sharesLetters(letters: string, secret: string): boolean {
  for (let from = 0; from + lettersInARow <= letters.length; from += 1)
    if (secret.includes(letters.slice(from, from + lettersInARow))) return true
  return false
}
