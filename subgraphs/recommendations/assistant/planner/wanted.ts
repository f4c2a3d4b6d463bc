import { limits } from '../rules/limits.ts'
import { companion, sortedFirst, taking, wanting } from './grammar/grammar.ts'
import { inCart } from './grammar/requests.ts'
import { calls, nothing, type Plan, type PlanContext, type Reference, type SearchArguments, type Step } from './plan.ts'
import { tidied, without } from './reading/normalise.ts'
import { isCrossed, readPrices } from './reading/prices.ts'
import { readQuantity, uncounted } from './reading/quantities.ts'
import { gathered, readReferences, type Picked } from './reading/references.ts'
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
    if (uncounted.test(what)) return nothing('HOW_MANY')
    // One or the other.
    const isEither = / or /.test(what) && references.picked.length > 1
    return isEither ? nothing('WHICH_ONE') : propose(references.picked, withCompanion)
  }
  if (references.kind !== 'NONE') return nothing(remembered.shown.length === 0 ? 'NOTHING_SHOWN' : references.kind)
  if (!isTaking && !withCompanion) return search(what, known)
  if (uncounted.test(what)) return nothing('HOW_MANY')
  const { quantity, rest } = readQuantity(what)
  const args = searchFor(rest, known)
  if (isCrossed(args)) return nothing('NO_SUCH_PRICE')
  if (args.text === undefined && args.category === undefined) return nothing('NOTHING_SHOWN')
  return found(args, quantity, withCompanion)
}

/** What is wanted, without the words that say that it is. */
export function withoutWish(text: string): string {
  return without(without(text.replace(inCart, ' '), taking), wanting)
}

function found(args: SearchArguments, quantity: number, withCompanion: boolean): Plan {
  if (!isQuantity(quantity)) return nothing('QUANTITY')
  const first: Step = { tool: 'searchProducts', args }
  const line = { variantId: '@1.1', quantity }
  if (!withCompanion) return calls(first, { tool: 'proposeCartChange', args: { lines: [line] } })
  return calls(
    first,
    { tool: 'recommend', args: { basis: 'PRODUCTS', productIds: ['@1.1'] } },
    { tool: 'proposeCartChange', args: { lines: [line, { variantId: '@2.1', quantity: 1 }] } },
  )
}

function isQuantity(quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= limits.quantity
}

/** Proposes what was picked; or has it looked up, to ask which of its variants is meant. */
export function propose(all: readonly Picked[], withCompanion = false): Plan {
  const picked = gathered(all)
  if (picked.some(({ quantity }) => !isQuantity(quantity))) return nothing('QUANTITY')
  const open = picked.find(({ product }) => product.variants.length > 1)
  if (open !== undefined) {
    const asked: Plan = calls({ tool: 'productDetails', args: { productIds: [open.product.productId] } })
    return { ...asked, asksVariant: true }
  }
  const lines = picked.flatMap(({ product, quantity }) =>
    product.variants.map(({ variantId }) => ({ variantId, quantity })),
  )
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
