import { z } from 'zod'

/**
 * What a person types. Every text that a client sends, and that somebody else reads later, is parsed by one of these: in
 * NFC, without spaces around it, and without what nobody sees.
 *
 * Refused are control and format characters, among them those that turn the direction of writing round, halves of
 * surrogate pairs, and letters and symbols that show nothing. What scripts and emoji need of these stays where they need
 * it (UAX #31, section 2.3, and RFC 5892, appendix A, say the same of joiners in identifiers).
 */

/** Scripts whose letters change their form beside a joiner. */
const joiningScripts =
  `Arabic Syriac Mongolian Nko Mandaic Adlam Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu
  Kannada Malayalam Sinhala Khmer Myanmar Tibetan Javanese Balinese`
    .split(/\s+/)
    .map((script) => String.raw`\p{Script=${script}}`)
    .join('')

/** Invisible characters that are at home where they stand. */
const needed = new RegExp(
  [
    // Zero-width joiners and non-joiners after a letter or a mark of such a script; one at a time.
    String.raw`(?<=[${joiningScripts}])[\u200c\u200d]`,
    // A joiner within an emoji, such as a family: between two pictures, of which the first may be coloured.
    String.raw`(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)\u200d(?=\p{Extended_Pictographic})`,
    // Variation selectors: of emoji, of Han characters in Japanese names, of Mongolian letters.
    String.raw`(?<=[\p{L}\p{N}\p{P}\p{S}])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]`,
    String.raw`(?<=\p{Script=Mongolian})[\u180b-\u180d\u180f]`,
    // The flags of England, Scotland and Wales are spelled in tags.
    String.raw`(?<=\u{1f3f4})[\u{e0020}-\u{e007e}]+\u{e007f}`,
    // Signs that stand before Arabic numbers: format characters by name, and visible.
    String.raw`[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2]`,
  ].join('|'),
  'gu',
)

/** What shows nothing, or turns round what others see. U+2800 is a Braille cell without a dot. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u
const unseenInLines =
  /[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]|(?![\t\n\r\u2028\u2029])[\p{Cc}\p{Zl}\p{Zp}]/u
const visible = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u

interface Words {
  /** As it begins a sentence: "The name". */
  readonly what: string
  /** Code points after normalisation: what a person would count, near enough, and the same everywhere. */
  readonly longest: number
}

function text({ what, longest }: Words, unwanted: RegExp) {
  return z
    .string()
    .transform((typed) => typed.normalize('NFC').trim())
    .refine((typed) => Array.from(typed).length <= longest, `${what} is longer than ${longest} characters.`)
    .refine(
      (typed) => !unwanted.test(typed.replace(needed, '')),
      `${what} holds characters that cannot be seen or printed.`,
    )
}

/** One line with at least one letter or digit that can be seen. */
export function line(what: string, longest: number) {
  return text({ what, longest }, unseen).refine(...visibly(what))
}

/** One line that may be left out; an empty one is none. */
export function optionalLine(what: string, longest: number) {
  return text({ what, longest }, unseen)
    .nullish()
    .transform((typed) => (typed === null || typed === '' ? undefined : typed))
    .refine((typed) => typed === undefined || visible.test(typed), visibly(what)[1])
}

/** Several lines, tabs among them, with at least one letter or digit that can be seen. */
export function paragraphs(what: string, longest: number) {
  return text({ what, longest }, unseenInLines).refine(...visibly(what))
}

/** What a person writes to another: it may be an emoji alone. */
export function utterance(what: string, longest: number) {
  return text({ what, longest }, unseenInLines).refine(isSeen, `${what} is missing.`)
}

function visibly(what: string): [(typed: string) => boolean, { error: (issue: { input?: unknown }) => string }] {
  const error = ({ input }: { input?: unknown }) =>
    input === '' ? `${what} is missing.` : `${what} needs at least one letter or digit.`
  return [(typed) => visible.test(typed), { error }]
}

/** A search: nothing in it is refused, and what nobody sees is left out. */
export const searchText = z
  .string()
  .transform((typed) => stripped(typed.normalize('NFC').replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')).trim())

const everyUnseen = new RegExp(unseen.source, 'gu')

/** Without what shows nothing, but for what scripts and emoji need. */
function stripped(typed: string): string {
  let from = 0
  const parts: string[] = []
  for (const kept of typed.matchAll(needed)) {
    parts.push(typed.slice(from, kept.index).replace(everyUnseen, ''), kept[0])
    from = kept.index + kept[0].length
  }
  return [...parts, typed.slice(from).replace(everyUnseen, '')].join('')
}

/** Whether a text shows anything at all, be it a mark or an emoji. */
export function isSeen(typed: string): boolean {
  return /[^\p{White_Space}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u.test(typed)
}

/** Whether a text is well formed: no half of a surrogate pair, which no store and no hash can keep. */
export function isWellFormed(typed: string): boolean {
  return !/\p{Cs}/u.test(typed)
}
