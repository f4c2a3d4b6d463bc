import { z } from 'zod'

export const factRulesFile = z.object({
  silent: z.array(z.string()),
  materials: z.array(z.tuple([z.string(), z.string()])),
  patterns: z.array(z.tuple([z.string(), z.string(), z.string()])),
  styles: z.array(z.tuple([z.string(), z.string()])),
  colours: z.array(z.string()),
  scents: z.array(z.string()),
  parts: z.array(z.string()),
  byCode: z.record(z.string(), z.string()),
})

/** What a readable name says about a thing; a fact that it does not state is missing, never guessed. */
export interface Facts {
  /** "set of 3", "pack of 12", "pair". */
  soldAs: string | undefined
  size: string | undefined
  style: string | undefined
  material: string | undefined
  colours: string[]
  /** With its kind: "heart motif", "Retrospot pattern". */
  pattern: string | undefined
  scent: string | undefined
  /** "three tiers". */
  parts: string | undefined
  assorted: boolean
}

export type FactsOf = (name: string) => Facts

/** Compiles `data/facts.json` into a function from a readable name to what it states. */
export function factsByName(rules: z.infer<typeof factRulesFile>): FactsOf {
  const silent = wholeWords(rules.silent.join('|'), 'g')
  const materials = rules.materials.map(([phrase, fact]) => ({ pattern: wholeWords(phrase), fact }))
  const styles = rules.styles.map(([phrase, fact]) => ({ pattern: wholeWords(phrase), fact }))
  const patterns = rules.patterns.map(([phrase, fact, kind]) => ({
    pattern: wholeWords(phrase),
    fact: `${fact} ${kind}`,
  }))
  const colours = wholeWords(rules.colours.join('|'), 'g')
  const scent = wholeWords(`(${rules.scents.join('|')})(?= (?:scent(?:ed)?|incense|votive))`)
  const parts = wholeWords(`(\\d+|two|three|four|five|six|nine|seventeen) (${rules.parts.join('|')})s?`)

  return (name) => {
    const spoken = name.toLowerCase().replace(silent, ' ')
    const scented = scent.exec(spoken)?.[1]
    return {
      soldAs: packOf(spoken),
      size: sizeWord.exec(spoken)?.[0],
      style: factIn(spoken, styles),
      material: factIn(spoken, materials),
      colours: [...new Set(spoken.match(colours) ?? [])].map(properly),
      // In a scented thing a rose is what it smells of, not what it shows.
      pattern: scented === undefined ? factIn(spoken, patterns) : undefined,
      scent: scented,
      parts: partsOf(parts.exec(spoken)),
      assorted: /\bassorted\b/.test(spoken),
    }
  }
}

const sizeWord = /\b(?:small|medium|large|mini|giant|jumbo)\b/
const smallNumbers = [
  'none',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

function wholeWords(source: string, flags?: 'g'): RegExp {
  return new RegExp(`(?<![\\w'])(?:${source})(?![\\w'])`, flags)
}

function factIn(spoken: string, rules: { pattern: RegExp; fact: string }[]): string | undefined {
  return rules.find(({ pattern }) => pattern.test(spoken))?.fact
}

function packOf(spoken: string): string | undefined {
  const pack = /\b(set|pack|box|bundle|tub) of (\d+|six)\b/.exec(spoken)
  if (pack) return `${pack[1]} of ${pack[2]}`
  const counted = /^(\d+) (?!tier|drawer|hook|colour|piece|strand)[a-z]/.exec(spoken)
  if (counted) return `set of ${counted[1]}`
  return spoken.startsWith('pair ') ? 'pair' : undefined
}

function partsOf(found: RegExpExecArray | null): string | undefined {
  if (!found) return undefined
  const [, count = '', part = ''] = found
  const number = /^\d+$/.test(count) ? (smallNumbers[Number(count)] ?? count) : count
  return `${number} ${part}${number === 'one' ? '' : 's'}`
}

function properly(colour: string): string {
  return colour === 'eau de nil' ? 'eau de Nil' : colour
}
