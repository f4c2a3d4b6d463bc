import { foldLetters, stem as stemOf } from '../../../../platform/text/words.ts'

/** A word of a product's name, as it is written there and as it is compared. */
export interface NameWord {
  readonly written: string
  /** In lower case, without accents, plural become singular. */
  readonly stem: string
}

/** Words that two products may share without being alike: grammar, and how things are packed. */
const saysNothing = new Set(
  'a an and at by for from in no of on or the to with assorted asstd design pack set'.split(' '),
)

/** The telling words of a name, each once, in their order. */
export function nameWords(name: string): NameWord[] {
  const words = new Map<string, NameWord>()
  for (const written of name.split(/[^\p{L}\p{N}'’]+/u)) {
    const stem = stemOf(foldLetters(written))
    if (stem !== '' && !/^\d+$/.test(stem) && !saysNothing.has(stem) && !words.has(stem)) {
      words.set(stem, { written, stem })
    }
  }
  return [...words.values()]
}

export function stemsOf(name: string): string[] {
  return nameWords(name).map(({ stem }) => stem)
}
