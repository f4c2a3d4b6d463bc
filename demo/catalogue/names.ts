import { z } from 'zod'

export const nameRulesFile = z.object({
  byCode: z.record(z.string(), z.string()),
  phrases: z.array(z.tuple([z.string(), z.string()])),
  words: z.record(z.string(), z.string()),
  smallWords: z.array(z.string()),
  fixedWords: z.array(z.string()),
})

export type NameOf = (item: { code: string; original: string }) => string

/** Compiles `data/names.json` into a function from an upper-case original to the name a shop would show. */
export function readableNames(rules: z.infer<typeof nameRulesFile>): NameOf {
  const phrases = rules.phrases.map(([pattern, replacement]) => ({ pattern: new RegExp(pattern, 'g'), replacement }))
  const words = new Map(Object.entries(rules.words))
  const smallWords = new Set(rules.smallWords)
  const fixedWords = new Set(rules.fixedWords)

  const cased = (word: string, at: number, name: string): string => {
    if (fixedWords.has(word)) return word
    // A title's first and last words are never small, nor is what follows a comma.
    const inside = at > 0 && !/[,-] $/.test(name.slice(0, at)) && at + word.length < name.length
    return inside && smallWords.has(word) ? word.toLowerCase() : word.charAt(0) + word.slice(1).toLowerCase()
  }

  return ({ code, original }) => {
    const given = rules.byCode[code]
    if (given) return given
    let name = original.toUpperCase()
    for (const { pattern, replacement } of phrases) name = name.replace(pattern, replacement)
    return (
      name
        // A run that holds a digit ("3D", "A6", "15C") is not a word and stays as it is written.
        .replace(/(?<![0-9a-z])[A-Z]+(?:'[A-Z]+)?(?![0-9a-z])/g, (word) => words.get(word) ?? word)
        .replace(/\s+/g, ' ')
        .trim()
        .replace(/(?<![0-9a-z'])[A-Z]+(?:'[A-Z]+)*(?![0-9a-z])/g, cased)
    )
  }
}
