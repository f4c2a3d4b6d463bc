import { comparing, details, taking, wanting } from './grammar/grammar.ts'
import { calls, nothing, type Plan, type PlanContext } from './plan.ts'
import { phrases, tidied } from './reading/normalise.ts'
import { readQuantity } from './reading/quantities.ts'
import { readReferences, type Picked } from './reading/references.ts'
import { namingWords } from './reading/words.ts'
import { search } from './search-for.ts'
import { idsOf, propose, withoutWish } from './wanted.ts'

/**
 * What is said not to be wanted, or to be wanted but for some of it. Where that leaves something clear, it is done; else nothing is
 * proposed. Undefined where nothing is declined.
 */
export function declined(said: string, known: PlanContext): Plan | undefined {
  const text = said.replace(notReally, ' ')
  if (noneOfThem.test(text)) return nothing('NOT_WANTED')
  return exceptFor(text, known) ?? inClauses(text, known)
}

/** Sentences with a "not" that decline nothing. */
export const notReally =
  /\b(?:(?:please )?(?:dont|do not) (?:forget|hesitate) to|why (?:dont|do not|not)(?: you| we| i)?|(?:dont|do) you not|dont you|if you dont mind|i dont mind|not only)\b/

const noneOfThem =
  /^(?:please )?(?:neither|none|nothing|not (?:any|one|a single one)|no(?:ne)? (?:of|to))(?: of)?(?: (?:them|these|those|it|the \w+|two|three|please|for me))*$/

const all = /\b(?:all|everything|each|every|both|any|anything|the lot)\b/
const exception =
  /\b(?:but not|and not|but|except(?: for)?|excepting|excluding|apart from|aside from|besides|other than|bar|save|without|minus|not|leave out|leaving out|skip)\b/

/** "All but the first." */
function exceptFor(text: string, { remembered }: PlanContext): Plan | undefined {
  const found = exception.exec(text)
  const head = text.slice(0, found?.index ?? 0)
  if (found === null || !all.test(head) || remembered.shown.length === 0) return undefined
  const tail = text.slice(found.index + found[0].length)
  const excepted = readReferences(tidied(tail.replace(/^ (?:for|the ones?|including)\b(?! the)/, ' ')), remembered)
  if (excepted.kind === 'NONE') return undefined
  if (excepted.kind !== 'PICKED') return nothing(excepted.kind)
  const { quantity } = readQuantity(withoutWish(head))
  return left(
    remembered.shown.map((product) => ({ product, quantity, unread: [] })),
    excepted.picked,
    text,
  )
}

function left(picked: readonly Picked[], excepted: readonly Picked[], text: string): Plan {
  const gone = new Set(idsOf(excepted))
  const rest = picked.filter(({ product }) => !gone.has(product.productId))
  if (rest.length === 0) return nothing('NOT_WANTED')
  if (!comparing.test(text) && !details.test(text)) return propose(rest)
  return calls({ tool: 'productDetails', args: { productIds: idsOf(rest) } })
}

const verbs =
  'add|put|buy|want|need|take|order|like|give|propose|suggest|recommend|purchase|include|pick|choose|get me|show|send|care for'
/** Says of what is asked for that it is not to be. */
const forbidding = phrases(
  `(?:dont|do not|didnt|did not|wont|will not|wouldnt|would not|never|shouldnt|should not|must not|mustnt|rather not|not going to|no longer)(?: (?:you|really|please|actually|ever|yet|even|also|just|to|be))* (?:${verbs})`,
  '(?:ill|id|i will|i would|we will) not (?:take|have|want|like)',
  '(?:wont|will not|wouldnt|would not) (?:take|have|be taking)',
)
const declining = phrases(
  ...['not', 'leave out', 'leaving out', 'skip', 'instead of', 'rather than', 'without', 'except(?: for)?', 'never'],
  ...['isnt', 'arent', 'wasnt', 'wont', 'cant', 'cannot', 'dont', 'doesnt', 'didnt', 'wouldnt', 'shouldnt', 'nor'],
  ...['hate', 'dislike', 'avoid', 'ignore', 'drop', 'forget', 'no to', 'no more of', 'changed my mind', 'pass on'],
)
/** Whether something is declined somewhere in it, however it is meant. */
export function isDoubtful(text: string): boolean {
  return declining.test(text)
}

/** Where one thing that is said ends, and another begins. */
const clauseEnds =
  /( ?, ?(?:but |and |instead |rather )?| but (?:rather |instead )?| (?:and )?(?=(?:not|dont|do not|never|instead of|rather than|leave out|skip|except) )| and (?=(?:add|give|take|put|buy|i want|get|show|id|ill|i) )| instead(?= )(?! of))/
const positive =
  /^(?:just|only|rather|instead|i want|ill|id|i would|i will|we want|let me|show|find|search|please (?:add|give|put|take|show))\b/
/** Words of a search, in which "not red" is a wish and no answer to a list. */
const searching = /^(?:show|find|search|do you|have you|got|is there|are there|any|looking|i am looking|im looking)\b/

interface Clause {
  readonly text: string
  readonly kind: 'WANTED' | 'FORBIDDEN' | 'DECLINED'
}

function inClauses(text: string, known: PlanContext): Plan | undefined {
  const clauses = clausesOf(text)
  const unwanted = clauses.filter(({ kind }) => kind !== 'WANTED')
  if (unwanted.length === 0) return undefined
  const isForbidden = unwanted.some(({ kind }) => kind === 'FORBIDDEN')
  const { remembered } = known
  const isSearch = searching.test(text) || remembered.shown.length === 0
  if (!isForbidden && isSearch) return undefined
  const no = readReferences(said(unwanted), remembered)
  const isAnswer = no.kind === 'PICKED' || /\b(?:it|this|that|them|these|those|ones?|any)\b/.test(said(unwanted))
  if (!isForbidden && !isAnswer) return no.kind === 'NO_SUCH_PLACE' ? nothing(no.kind) : undefined
  const wanted = said(clauses.filter(({ kind }) => kind === 'WANTED'))
  const yes = readReferences(wanted, remembered)
  if (yes.kind === 'PICKED') return left(yes.picked, no.kind === 'PICKED' ? no.picked : [], text)
  if (yes.kind !== 'NONE') return nothing(yes.kind)
  // "I don't want these, show me mugs."
  const instead = namingWords(wanted).length > 0 ? search(wanted, known) : undefined
  return instead !== undefined && instead.steps.length > 0 ? instead : nothing('NOT_WANTED')
}

function said(clauses: readonly Clause[]): string {
  return tidied(withoutWish(clauses.map((clause) => clause.text).join(' , ')))
}

function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = []
  let ended = ''
  // What is between two ends, and the end behind it, take turns.
  for (const [at, part] of text.split(clauseEnds).entries()) {
    if (at % 2 === 1) ended = part
    else if (part.trim() !== '') clauses.push(clauseOf(part, ended, clauses.at(-1)?.kind))
  }
  return clauses
}

function clauseOf(part: string, ended: string, before: Clause['kind'] | undefined): Clause {
  if (forbidding.test(part)) return { kind: 'FORBIDDEN', text: tidied(part.replace(forbidding, ' ')) }
  if (declining.test(part)) return { kind: 'DECLINED', text: tidied(part.replace(declining, ' ')) }
  const turns = /but|instead|rather/.test(ended) || positive.test(part) || taking.test(part) || wanting.test(part)
  return { kind: before === 'FORBIDDEN' && !turns ? 'FORBIDDEN' : 'WANTED', text: tidied(part) }
}
