import { stem } from '../../../../../platform/text/words.ts'
import type { Category } from '../plan.ts'
import { normalise, tidied } from './normalise.ts'

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

/** Words that hold a sentence together and name no product. */
const fillers = list(`
  a an the some any all for with in on of at to from by and or as that this these those it its is are was be there here
  i am im id ill ive we you your my me mine our us he she they them their daughter son mum dad wife husband friend
  do does did have has had got get can could would will shall may should want wants need needs like looking look find
  show see search sell let give please hello hi hey no yes ok so just only instead meant mean where what whats which who
  how shop store thing one ones other others more very really maybe costs cost budget
  thank thanks compare`)

/** Names for anything at all. */
const generic = list(
  'something anything everything things thing stuff items item products product gift gifts present presents',
)

/** More than these no search goes by. */
const mostWords = 12

const nounsOfTheShop = list('shop store')
/** Characters of the words that are looked for. */
const longestSearch = 200

/** The words that say what is looked for, in their order. */
export function contentWords(text: string): string[] {
  const words = tidied(text.replace(/,/g, ' ')).split(' ')
  return words.filter((word) => word !== '' && !fillers.has(word) && !nounsOfTheShop.has(word))
}

/** The words that can name one of several: "something pink" names what is pink. */
export function namingWords(text: string): string[] {
  return contentWords(text).filter((word) => !generic.has(word))
}

export function isFiller(word: string): boolean {
  return fillers.has(word)
}

/** A shelf, where that is all that is named, else words to look for; neither where nothing is. */
export function lookedFor(
  text: string,
  categories: readonly Category[],
): { readonly text?: string; readonly category?: string } {
  const all = contentWords(text)
  const category = shelfNamed(all, categories)
  if (category !== undefined) return { category: category.slug }
  const words = namingWords(text).slice(0, mostWords)
  if (words.length === 0) return {}
  const named = shelfNamed(words, categories)
  return named === undefined ? { text: cut(words) } : { category: named.slug }
}

/** As many of the words as a search takes; a word that is too long by itself is cut. */
function cut(words: readonly string[]): string {
  const fits = words.filter((_word, at) => words.slice(0, at + 1).join(' ').length <= longestSearch)
  if (fits.length > 0) return fits.join(' ')
  // By whole characters, two units of which each may be.
  return Array.from(words[0] ?? '')
    .slice(0, longestSearch / 2)
    .join('')
}

/** By one word of its name, or by several that stand there one after the other. */
function shelfNamed(words: readonly string[], categories: readonly Category[]): Category | undefined {
  if (words.length === 0 || words.every((word) => generic.has(word))) return undefined
  const said = ` ${words.map(stem).join(' ')} `
  const fits = categories.filter(({ name }) => ` ${normalise(name).split(/[ ,]+/).map(stem).join(' ')} `.includes(said))
  return fits.length === 1 ? fits[0] : undefined
}
