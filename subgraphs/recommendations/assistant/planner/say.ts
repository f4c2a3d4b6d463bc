import type { FoundProduct, Proposal, ToolFacts } from '../tools/facts.ts'
import type { Plan, SearchArguments, Topic } from './plan.ts'

/** What the planner says, from what tools returned and nothing else. */
export function say(plan: Plan, facts: readonly ToolFacts[]): string {
  const left = (plan.ignored ?? []).map((words) => `I left out “${words}”: I cannot take that into account.`)
  const said = facts.length === 0 ? [topics[plan.topic ?? 'UNCLEAR']] : sayFacts(plan, facts)
  return [...said, ...left].join('\n')
}

/** In words; amounts are in the shop's one currency. */
function pounds(amount: number): string {
  return `£${(amount / 100).toFixed(2)}`
}

const topics: Readonly<Record<Topic, string>> = {
  GREETING:
    'Hello! Tell me what you are looking for, such as “a red bag under 5 pounds and something that goes with it”.',
  THANKS: 'You are welcome.',
  ABOUT_ITSELF:
    'I am a set of rules, not a language model. I find products, compare them, say what goes with them, look into your cart and your orders, and propose what to put into the cart.',
  OFF_TOPIC: 'I know nothing but this shop: its products, your cart and your orders.',
  CANNOT_BUY: 'I cannot check out or pay: you do that yourself, in the cart.',
  CANNOT_REMOVE: 'I can only propose to add things. Remove lines in the cart yourself.',
  CANNOT_CANCEL: 'I cannot cancel or return orders: you do that yourself, at the order.',
  CANNOT_SEE_ACCOUNT: 'I cannot see or change addresses, payment or anything else of your account.',
  CANNOT_DISCOUNT: 'Prices are those of the shop; I cannot change them.',
  SECRET: 'I have nothing to say about how I work inside.',
  WHICH_ONE: 'Which one do you mean? Say “the first one”, “the second one”, or something of its name.',
  NOTHING_SHOWN: 'Tell me first what you are looking for, so that I can show you something.',
  NO_SUCH_PLACE: 'I have not shown as many as that.',
  QUANTITY: 'I can propose from 1 to 20 of one thing.',
  ACCEPT_YOURSELF: 'Accept the proposal to put it into your cart; I cannot do that for you.',
  NOTHING_TO_UNDO: 'All right. I have changed nothing.',
  UNCLEAR: 'I did not understand that. Tell me what to look for, or ask for your cart or your orders.',
}

function sayFacts(plan: Plan, facts: readonly ToolFacts[]): string[] {
  const last = facts.at(-1)
  if (last === undefined) return []
  const [first] = facts
  const isCutShort = facts.length < plan.steps.length && last.kind === 'PRODUCTS'
  if (isCutShort && last.products.length > 1) return [`Which one do you mean?`, ...listed(last.products)]
  if (isCutShort && facts.length > 1 && first?.kind === 'PRODUCTS') {
    return [...sayOne(first), 'I know of nothing that goes with it.']
  }
  if (plan.steps.at(-1)?.tool === 'viewCart' && last.kind === 'CART' && facts.length === 1) return sayCart(last)
  const before =
    facts.length > 1 && last.kind === 'PRODUCTS' && first?.kind === 'PRODUCTS' ? first.products[0] : undefined
  return sayOne(last, before)
}

function sayOne(facts: ToolFacts, goesWith?: FoundProduct): string[] {
  switch (facts.kind) {
    case 'PRODUCTS':
      return sayProducts(facts, goesWith)
    case 'DETAILS':
      return sayDetails(facts.products)
    case 'CART':
      return sayCart(facts)
    case 'ORDERS':
      return sayOrders(facts)
    case 'PROPOSAL':
      return sayProposal(facts)
    case 'REFUSED':
      return [sayRefused(facts)]
  }
}

function sayProducts(
  { products, search, total }: Extract<ToolFacts, { kind: 'PRODUCTS' }>,
  goesWith?: FoundProduct,
): string[] {
  if (search !== undefined) {
    const wish = wishOf(search)
    if (products.length === 0) return [`I found nothing${wish}.`]
    const count = total ?? products.length
    return [`I found ${count === 1 ? 'one thing' : `${count} things`}${wish}:`, ...listed(products)]
  }
  if (products.length === 0) return ['I have nothing to recommend there.']
  const head = goesWith === undefined ? 'I can recommend:' : `With ${goesWith.name} I can recommend:`
  return [head, ...listed(products)]
}

/** Characters of the shopper's words that are said again. */
const longestEcho = 60

function wishOf({ text, category, minPrice, maxPrice }: SearchArguments): string {
  const parts = [
    text === undefined || text.length > longestEcho ? '' : ` for “${text}”`,
    category === undefined ? '' : ` in ${category}`,
    minPrice === undefined ? '' : ` from ${pounds(minPrice)}`,
    maxPrice === undefined ? '' : ` up to ${pounds(maxPrice)}`,
  ]
  return parts.join('')
}

function listed(products: readonly FoundProduct[]): string[] {
  return products.map(({ name, variants: [variant], explanation }, at) => {
    const price = variant === undefined ? '' : `, ${pounds(variant.price)}`
    return `${at + 1}. ${name}${price}${explanation === undefined ? '' : ` (${explanation})`}`
  })
}

function sayDetails(products: readonly FoundProduct[]): string[] {
  if (products.length === 0) return ['That is sold no more.']
  const lines = products.map(({ name, description, variants }) => {
    const offers = variants.map((variant) => {
      const stock = variant.available === undefined ? '' : `, ${variant.available} in stock`
      const own = variants.length > 1 ? `${variant.name}: ` : ''
      return `${own}${pounds(variant.price)}${stock}`
    })
    return `${name}: ${offers.join('; ')}. ${description}`
  })
  const priced = products.flatMap(({ name, variants: [variant] }) => (variant ? [{ name, price: variant.price }] : []))
  const lowest = Math.min(...priced.map(({ price }) => price))
  const cheapest = priced.filter(({ price }) => price === lowest).map(({ name }) => name)
  return products.length === 1 ? lines : [...lines, `Cheapest: ${cheapest.join(' and ')}, ${pounds(lowest)}.`]
}

function sayCart({ lines, subtotal }: Extract<ToolFacts, { kind: 'CART' }>): string[] {
  if (lines.length === 0) return ['Your cart is empty.']
  const sum = subtotal === undefined ? [] : [`That comes to ${pounds(subtotal.amount)}.`]
  return ['In your cart:', ...lines.map(({ name, quantity }) => `${quantity} × ${name}`), ...sum]
}

function sayOrders({ signedIn, orders, asked }: Extract<ToolFacts, { kind: 'ORDERS' }>): string[] {
  if (!signedIn) return ['Sign in to see your orders.']
  if (orders.length === 0) return [asked === undefined ? 'You have no orders yet.' : `You have no order ${asked}.`]
  return orders.map(
    ({ number, status, placedAt, total, items }) =>
      `${number} of ${placedAt.slice(0, 10)} is ${status.toLowerCase()}: ${items.join(', ')}; ${pounds(total.amount)}.`,
  )
}

function sayProposal({ lines }: Proposal): string[] {
  const sum = lines.reduce((total, { quantity, price }) => total + quantity * price.amount, 0)
  return [
    'I propose to put into your cart:',
    ...lines.map(({ name, quantity, price }) => `${quantity} × ${name}, ${pounds(price.amount)}`),
    `${pounds(sum)} in all. Nothing has changed yet: accept the proposal within ten minutes.`,
  ]
}

function sayRefused({ why, name, available }: Extract<ToolFacts, { kind: 'REFUSED' }>): string {
  switch (why) {
    case 'OUT_OF_STOCK':
      return available === 0
        ? `${name ?? 'That'} is sold out.`
        : `Of ${name ?? 'that'} there are ${available ?? 'not so many'}.`
    case 'QUANTITY':
      return topics.QUANTITY
    case 'NOT_FOUND':
      return 'That is sold no more.'
    case 'UNKNOWN_ID':
      return topics.NOTHING_SHOWN
    case 'TOO_OFTEN':
    case 'UNAVAILABLE':
      return 'That part of the shop does not answer just now. Try again in a moment.'
  }
}
