import { limits } from '../rules/limits.ts'
import { companion, sortedFirst, taking, wanting } from './grammar/grammar.ts'
import { inCart } from './grammar/requests.ts'
import {
  calls,
  nothing,
  type Pending,
  type Plan,
  type PlanContext,
  type Reference,
  type SearchArguments,
  type Step,
  type WantedLine,
} from './plan.ts'
import { tidied, without } from './reading/normalise.ts'
import { isCrossed, readPrices } from './reading/prices.ts'
import { isSeveral, isUncounted, readQuantity } from './reading/quantities.ts'
import { between, gathered, readReferences, type Picked } from './reading/references.ts'
import { search, searchFor } from './search-for.ts'

/** What is to be found, or to be put into the cart, or both. */
export function wanted(text: string, known: PlanContext): Plan {
  const { remembered } = known
  const withCompanion = companion.test(text)
  const main = tidied(text.replace(companion, ' '))
  const isTaking = taking.test(main)
  const what = withoutWish(main)
  const isLimited = Object.keys(readPrices(what).price).length > 0 || sortedFirst.test(what)
  const references = isLimited ? ({ kind: 'NONE' } as const) : readReferences(what, remembered)
  if (references.kind === 'PICKED') {
    if (!isTaking && question.test(main))
      return calls({ tool: 'productDetails', args: { productIds: idsOf(references.picked) } })
    if (isUnsaidHowMany(what)) return nothing('HOW_MANY')
    // One or the other.
    const isEither = what.includes(' or ') && references.picked.length > 1
    if (isEither) return nothing('WHICH_ONE')
    // "The first one is ugly" is no wish for it.
    if (!isTaking && references.picked.some(({ unread }) => unread.length > 0)) return nothing('NOT_SURE')
    return proposeAfter(references.picked, { what, withCompanion, pending: remembered.pending })
  }
  if (references.kind !== 'NONE') {
    const { quantity } = readQuantity(what)
    const asked = nothing(remembered.shown.length === 0 ? 'NOTHING_SHOWN' : references.kind)
    return isQuantity(quantity) ? { ...asked, pending: { quantity, settled: [] } } : nothing('QUANTITY')
  }
  if (!isTaking && !withCompanion) return search(what, known)
  if (isUnsaidHowMany(what)) return nothing('HOW_MANY')
  const { quantity, rest } = readQuantity(what)
  const args = searchFor(rest, known)
  if (isCrossed(args)) return nothing('NO_SUCH_PRICE')
  if (args.text === undefined && args.category === undefined) return nothing('NOTHING_SHOWN')
  return found(args, quantity, withCompanion)
}

/** It asks about something, and not for it. */
const question = /^(?:what|whats|who|why|how|when|which|is|are|does|did|was|were|has|have you)\b/

function isUnsaidHowMany(what: string): boolean {
  return isSeveral(what) || what.split(between).some(isUncounted)
}

/** What is wanted, without the words that say that it is. */
export function withoutWish(text: string): string {
  return without(without(text.replace(inCart, ' '), taking), wanting)
}

function found(args: SearchArguments, quantity: number, withCompanion: boolean): Plan {
  if (!isQuantity(quantity)) return nothing('QUANTITY')
  const first: Step = { tool: 'searchProducts', args }
  const line = { variantId: '@1.1', quantity }
  const pending = { quantity, settled: [] }
  if (!withCompanion) return { ...calls(first, { tool: 'proposeCartChange', args: { lines: [line] } }), pending }
  const both = calls(
    first,
    { tool: 'recommend', args: { basis: 'PRODUCTS', productIds: ['@1.1'] } },
    { tool: 'proposeCartChange', args: { lines: [line, { variantId: '@2.1', quantity: 1 }] } },
  )
  return { ...both, pending }
}

interface Answer {
  readonly what: string
  readonly withCompanion: boolean
  readonly pending: Pending | undefined
}

/** What was said before the shopper was asked still holds: how many of it, and what else. */
function proposeAfter(picked: readonly Picked[], { what, withCompanion, pending }: Answer): Plan {
  const [only, ...more] = picked
  const isAnswer = pending !== undefined && only !== undefined && more.length === 0
  if (!isAnswer) return propose(picked, { withCompanion })
  const quantity = readQuantity(what).isCounted ? only.quantity : pending.quantity
  return propose([{ ...only, quantity }], { withCompanion, settled: pending.settled })
}

interface ProposeOptions {
  readonly withCompanion?: boolean
  /** Lines that are proposed beside it. */
  readonly settled?: readonly WantedLine[]
}

function isQuantity(quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= limits.quantity
}

/** Proposes what was picked; or has it looked up, to ask which of its variants is meant. */
export function propose(all: readonly Picked[], { withCompanion = false, settled = [] }: ProposeOptions = {}): Plan {
  const picked = gathered(all)
  if (picked.some(({ quantity }) => !isQuantity(quantity))) return nothing('QUANTITY')
  const open = picked.find(({ product }) => product.variants.length > 1)
  const clear = picked.filter(({ product }) => product.variants.length === 1)
  const lines = [
    ...clear.flatMap(({ product: { variants }, quantity }) =>
      variants.map(({ variantId }) => ({ variantId, quantity })),
    ),
    ...settled,
  ]
  if (open !== undefined) {
    const asked = calls({ tool: 'productDetails', args: { productIds: [open.product.productId] } })
    return { ...asked, asksVariant: true, pending: { quantity: open.quantity, settled: lines } }
  }
  if (!withCompanion) return calls({ tool: 'proposeCartChange', args: { lines } })
  return calls(
    { tool: 'recommend', args: { basis: 'PRODUCTS', productIds: idsOf(picked) } },
    { tool: 'proposeCartChange', args: { lines: [...lines, { variantId: '@1.1', quantity: 1 }] } },
  )
}

/** Each product once. */
export function idsOf(picked: readonly Picked[]): Reference[] {
  return [...new Set(picked.map(({ product }) => product.productId))]
}
