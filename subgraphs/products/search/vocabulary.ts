/** The words that are indexed now, and how many products hold each. */
export interface Vocabulary {
  add(words: ReadonlySet<string>): void
  remove(words: ReadonlySet<string>): void
  has(word: string): boolean
  /** From 0, of a word that no product holds, to 1, of one that the most hold. */
  commonness(word: string): number
}

export function createVocabulary(): Vocabulary {
  const counts = new Map<string, number>()
  let products = 0

  function count(words: ReadonlySet<string>, by: 1 | -1): void {
    products += by
    for (const word of words) {
      const held = (counts.get(word) ?? 0) + by
      if (held > 0) counts.set(word, held)
      else counts.delete(word)
    }
  }

  return {
    add: (words) => count(words, 1),
    remove: (words) => count(words, -1),
    has: (word) => counts.has(word),
    commonness: (word) => Math.log1p(counts.get(word) ?? 0) / Math.log1p(Math.max(1, products)),
  }
}
