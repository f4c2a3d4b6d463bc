import { limits } from '../rules/limits.ts'
import * as grammar from './grammar.ts'
import type { Plan, PlanContext, Reference, SearchArguments, Step, Topic } from './plan.ts'
import { followUp } from './follow-up.ts'
import { normalise, tidied, without } from './reading/normalise.ts'
import { readPrices, type PriceRange } from './reading/prices.ts'
import { readQuantity, readReferences, type Picked } from './reading/references.ts'
import { lookedFor } from './reading/words.ts'

/** What is said, read as calls of tools. Pure: the same words after the same conversation are the same plan. */
export function understand(said: string, known: PlanContext): Plan {
  const text = normalise(said)
  const ignored = grammar.ignored.exec(text)?.[0]
  const plan = read(ignored === undefined ? text : without(text, grammar.ignored), known)
  return ignored === undefined ? plan : { ...plan, ignored: [ignored] }
}

const greeting = /^(?:hello|hi|hey|good (?:morning|afternoon|evening)|no|please|ok|okay|so|well)(?: there)? ?,? (?=\S)/

function read(text: string, known: PlanContext): Plan {
  const small = grammar.smallTalk.find(([, pattern]) => pattern.test(text))
  if (small !== undefined) return nothing(small[0])
  const number = grammar.orderNumber.exec(text)?.[0]
  if (number !== undefined) return steps({ tool: 'orderStatus', args: { number: number.toUpperCase() } })
  const refused = grammar.refusals.find(([, pattern]) => pattern.test(text))
  if (refused !== undefined) return nothing(refused[0])
  if (grammar.undo.test(text)) {
    return known.remembered.hasProposal ? steps({ tool: 'viewCart', args: {} }) : nothing('NOTHING_TO_UNDO')
  }
  const wish = text.replace(greeting, '')
  return (
    recommended(wish, known) ??
    owned(wish) ??
    agreed(wish, known) ??
    compared(wish, known) ??
    followUp(wish, known) ??
    wanted(wish, known)
  )
}

function steps(...all: readonly Step[]): Plan {
  return { steps: all }
}

function nothing(topic: Topic): Plan {
  return { steps: [], topic }
}

/** What is recommended without anything else being asked for. */
function recommended(text: string, known: PlanContext): Plan | undefined {
  if (grammar.companion.test(text)) return undefined
  const basis = grammar.recommendations.find(([, pattern]) => pattern.test(text))?.[0]
  if (basis !== undefined) return steps({ tool: 'recommend', args: { basis } })
  const towards = grammar.towards.find(([, pattern]) => pattern.test(text))
  if (towards === undefined) return undefined
  const [of, pattern] = towards
  const rest = without(text, pattern)
  const found = readReferences(rest, known.remembered)
  if (found.kind === 'PICKED') return steps({ tool: 'recommend', args: { basis: of, productIds: idsOf(found.picked) } })
  if (found.kind !== 'NONE') return nothing(found.kind)
  const search = searchFor(rest, known)
  if (search.text === undefined) return nothing('NOTHING_SHOWN')
  return steps(
    { tool: 'searchProducts', args: search },
    { tool: 'recommend', args: { basis: of, productIds: ['@1.1'] } },
  )
}

/** What is the shopper's own: cart and orders. */
function owned(text: string): Plan | undefined {
  const isTaking = grammar.taking.test(text)
  if (!isTaking && grammar.viewCart.test(text)) return steps({ tool: 'viewCart', args: {} })
  if (!isTaking && grammar.order.test(text)) return steps({ tool: 'orderStatus', args: {} })
  return undefined
}

/** A bare yes. */
function agreed(text: string, { remembered }: PlanContext): Plan | undefined {
  if (!grammar.yes.test(text)) return undefined
  if (remembered.hasProposal) return nothing('ACCEPT_YOURSELF')
  const [only, ...more] = remembered.focus === undefined ? remembered.shown : [remembered.focus]
  if (only === undefined) return nothing('UNCLEAR')
  return more.length > 0 ? nothing('WHICH_ONE') : propose([{ product: only, quantity: 1 }])
}

/** What is asked about products that were shown. */
function compared(text: string, { remembered }: PlanContext): Plan | undefined {
  const { shown } = remembered
  const asks = [grammar.comparing, grammar.details].find((pattern) => pattern.test(text))
  if (asks === undefined || shown.length === 0) return undefined
  // Here a number is a place in the list, not how many are wanted.
  const places = withoutVerbs(text).replace(/(?<=^| )(\d+)(?= |$)/g, '#$1')
  const found = readReferences(places, remembered)
  if (found.kind === 'PICKED') return steps({ tool: 'productDetails', args: { productIds: idsOf(found.picked) } })
  if (found.kind === 'NO_SUCH_PLACE') return nothing(found.kind)
  const isOfAll = asks === grammar.comparing || shown.length === 1
  if (found.kind === 'NONE' && !isOfAll) return undefined
  return isOfAll
    ? steps({ tool: 'productDetails', args: { productIds: shown.map(({ productId }) => productId) } })
    : nothing('WHICH_ONE')
}

const aboutThem =
  /\b(?:compare|difference|between|cheaper|cheapest|dearer|bigger|smaller|better|made|colou?rs?|size|come|much|cost|stock|available|left|still|describe|details?|tell|about|which|is|are|of|does|do)\b/g

function withoutVerbs(text: string): string {
  const pointing = /^which\b/.test(text) ? text.replace(/^which (?:one )?/, '') : text
  return tidied(pointing.replace(/(?:are there|is there) still (?:\w+ )?of/, '').replace(aboutThem, ' '))
}

/** What is to be found, or to be put into the cart, or both. */
function wanted(text: string, known: PlanContext): Plan {
  const { remembered } = known
  const withCompanion = grammar.companion.test(text)
  const main = tidied(text.replace(grammar.companion, ' '))
  const isTaking = grammar.taking.test(main)
  const what = without(without(main.replace(grammar.inCart, ' '), grammar.taking), grammar.wanting)
  const isLimited = Object.keys(readPrices(what).price).length > 0 || grammar.sortedFirst.test(what)
  const references = isLimited ? ({ kind: 'NONE' } as const) : readReferences(what, remembered)
  if (references.kind === 'PICKED') return propose(references.picked, withCompanion)
  if (references.kind !== 'NONE') return nothing(remembered.shown.length === 0 ? 'NOTHING_SHOWN' : references.kind)
  if (!isTaking && !withCompanion) return search(what, known)
  const { quantity, rest } = readQuantity(what)
  const args = searchFor(rest, known)
  if (args.text === undefined && args.category === undefined) return nothing('NOTHING_SHOWN')
  return found(args, quantity, withCompanion)
}

function found(args: SearchArguments, quantity: number, withCompanion: boolean): Plan {
  if (quantity < 1 || quantity > limits.quantity) return nothing('QUANTITY')
  const first: Step = { tool: 'searchProducts', args }
  if (!withCompanion) {
    return steps(first, { tool: 'proposeCartChange', args: { lines: [{ variantId: '@1.1', quantity }] } })
  }
  return steps(
    first,
    { tool: 'recommend', args: { basis: 'PRODUCTS', productIds: ['@1.1'] } },
    {
      tool: 'proposeCartChange',
      args: {
        lines: [
          { variantId: '@1.1', quantity },
          { variantId: '@2.1', quantity: 1 },
        ],
      },
    },
  )
}

function propose(picked: readonly Picked[], withCompanion = false): Plan {
  if (picked.some(({ quantity }) => quantity < 1 || quantity > limits.quantity)) return nothing('QUANTITY')
  const lines = picked.map(({ product, quantity }) => ({ variantId: product.variantId, quantity }))
  if (!withCompanion) return steps({ tool: 'proposeCartChange', args: { lines } })
  return steps(
    { tool: 'recommend', args: { basis: 'PRODUCTS', productIds: idsOf(picked) } },
    { tool: 'proposeCartChange', args: { lines: [...lines, { variantId: '@1.1', quantity: 1 }] } },
  )
}

function idsOf(picked: readonly Picked[]): Reference[] {
  return picked.map(({ product }) => product.productId)
}

function search(text: string, known: PlanContext): Plan {
  const args = searchFor(text, known)
  return Object.keys(args).length === 0 ? nothing('UNCLEAR') : steps({ tool: 'searchProducts', args })
}

/** Everything in a text that a search can be limited by. */
function searchFor(text: string, { categories }: Pick<PlanContext, 'categories'>): SearchArguments {
  const { price, rest } = readPrices(text)
  const sort = grammar.sorts.find(([, pattern]) => pattern.test(rest))
  const words = sort === undefined ? rest : without(rest, sort[1])
  return { ...lookedFor(words, categories), ...(price satisfies PriceRange), ...(sort && { sort: sort[0] }) }
}
