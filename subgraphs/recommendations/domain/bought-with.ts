import type { NeighbourList } from './co-purchase.ts'
import { bestFirst, type ProductKey, type Scored } from './ranking.ts'

/** Of the `baskets` that hold the member, `together` hold the recommended product as well. */
export interface CoPurchaseEvidence<Key extends ProductKey> {
  readonly member: Key
  readonly together: number
  readonly baskets: number
}

export interface BoughtWith<Key extends ProductKey> extends Scored<Key> {
  readonly evidence: CoPurchaseEvidence<Key>
}

export interface BoughtWithRequest<Key extends ProductKey> {
  /** What is in a cart or an order history, or one product. */
  readonly members: Iterable<Key>
  /** `undefined` for a product that no basket holds. */
  listOf(member: Key): NeighbourList<Key> | undefined
  /** Out of stock, discontinued, in the cart. The members are left out in any case. */
  excluded(product: Key): boolean
  readonly limit: number
}

/**
 * What baskets that hold the members also hold, best first. A product scores what its closest member gives it: that
 * foresees real shoppers better than a sum over members (`docs/decisions/0009-recommendations.md`), and makes the
 * evidence the whole reason.
 */
export function boughtWith<Key extends ProductKey>(request: BoughtWithRequest<Key>): BoughtWith<Key>[] {
  const { listOf, excluded, limit } = request
  const members = new Set(request.members)
  const closest = new Map<Key, BoughtWith<Key>>()
  for (const member of members) {
    for (const found of evidenceOf(listOf(member))) {
      const known = closest.get(found.product)
      if (known === undefined || isCloser(found, known)) closest.set(found.product, found)
    }
  }
  return [...closest.values()]
    .filter(({ product }) => !members.has(product) && !excluded(product))
    .sort(bestFirst)
    .slice(0, limit)
}

function evidenceOf<Key extends ProductKey>(list: NeighbourList<Key> | undefined): BoughtWith<Key>[] {
  if (list === undefined) return []
  const { product: member, baskets, neighbours } = list
  return neighbours.map(({ product, score, together }) => ({ product, score, evidence: { member, together, baskets } }))
}

/** Of members that are equally close the one with the lowest id is named. */
function isCloser<Key extends ProductKey>(found: BoughtWith<Key>, known: BoughtWith<Key>): boolean {
  if (found.score !== known.score) return found.score > known.score
  return found.evidence.member < known.evidence.member
}
