import type { FoundProduct, ToolFacts } from './facts.ts'

const longestDescription = 200

/**
 * What a model reads of what a tool returned: everything from the graph between the marks of data, and never a proposal's token, which
 * is for the shopper alone.
 */
export function inWords(facts: ToolFacts, delimit: (data: unknown) => string): string {
  switch (facts.kind) {
    case 'PRODUCTS':
      if (facts.products.length === 0)
        return (facts.total ?? 0) > 0 ? `That is all: there are ${facts.total}.` : 'Nothing was found.'
      return `${facts.total ?? facts.products.length} found; these are the first: ${delimit(facts.products.map(brief))}`
    case 'DETAILS':
      return delimit(facts.products)
    case 'CART':
      return facts.lines.length === 0 ? 'The cart is empty.' : delimit({ lines: facts.lines, subtotal: facts.subtotal })
    case 'ORDERS':
      if (!facts.signedIn) return 'The shopper is not signed in, so no orders are known.'
      return facts.orders.length === 0 ? 'There is no such order of this shopper.' : delimit(facts.orders)
    case 'PROPOSAL':
      return `Proposed; the shopper sees it and may accept it: ${delimit(facts.lines)}`
    case 'REFUSED':
      return `Refused: ${reasons[facts.why]}${facts.available === undefined ? '' : ` There are ${facts.available}.`}`
  }
}

const reasons: Readonly<Record<Extract<ToolFacts, { kind: 'REFUSED' }>['why'], string>> = {
  UNKNOWN_ID: 'no tool has returned such an id in this conversation. Search first.',
  NO_VARIANT: 'that is no id of a variant. Name one of the variants of the product.',
  QUANTITY: 'from 1 to 20 of one thing can be proposed.',
  OUT_OF_STOCK: 'there is not enough of it.',
  NOT_FOUND: 'it is sold no more.',
  UNAVAILABLE: 'this part of the shop does not answer just now.',
  TOO_OFTEN: 'that were too many steps for one question.',
}

function brief({ productId, name, category, description, variants, explanation }: FoundProduct) {
  return { productId, name, category, description: description.slice(0, longestDescription), variants, explanation }
}
