import type { BasketHistory } from './basket-history.ts'
import { at } from './packed-rows.ts'
import { shrunk } from './recommenders/shrunk-cosine.ts'

/** Of the `baskets` that hold the member, `together` hold the recommended product as well. */
export interface CoPurchaseEvidence {
  readonly member: number
  readonly together: number
  readonly baskets: number
}

export interface ClosestMember {
  /** Whether a basket holds the product with a member. Where none does, nothing speaks for it that could be shown. */
  hasEvidence(product: number): boolean
  /**
   * What is shown as the reason, however a product was found: the member that belongs to it most, by shrunk cosine, with
   * what was counted.
   */
  evidenceFor(product: number): CoPurchaseEvidence | undefined
}

/**
 * Which baskets hold which members is found out once; a product then costs its own baskets, and not all that is in them.
 * Baskets that come later are left out, so that one answer counts the same baskets throughout.
 */
export function closestMember(history: BasketHistory, members: readonly number[]): ClosestMember {
  const known = history.basketCount()
  const counted = members.map((member) => ({ member, baskets: history.countOf(member) }))
  const groups = memberGroups(history, members)

  function countsWith(product: number): Uint32Array {
    const counts = new Uint32Array(members.length)
    for (const [number, held] of groups.entries()) {
      history.eachBasketWith(product, (basket) => {
        for (let rest = basket < known ? at(held, basket) : 0; rest !== 0; rest &= rest - 1) {
          const place = number * bits + (bits - 1 - Math.clz32(rest & -rest))
          counts[place] = at(counts, place) + 1
        }
        return true
      })
    }
    return counts
  }

  return {
    hasEvidence: (product) =>
      groups.some((held) => !history.eachBasketWith(product, (basket) => basket >= known || held[basket] === 0)),
    evidenceFor(product) {
      const counts = countsWith(product)
      const ofProduct = history.countOf(product)
      let best: (CoPurchaseEvidence & { readonly score: number }) | undefined
      for (const [place, { member, baskets }] of counted.entries()) {
        const together = at(counts, place)
        const score = together === 0 ? 0 : shrunk(together, baskets, ofProduct)
        if (score > (best?.score ?? 0)) best = { member, together, baskets, score }
      }
      return best && { member: best.member, together: best.together, baskets: best.baskets }
    },
  }
}

/** Members whose baskets are known by one number each, one bit a member. */
const bits = 32

/** By group of members and basket: which of the members the basket holds. */
function memberGroups(history: BasketHistory, members: readonly number[]): readonly Uint32Array[] {
  const groups: Uint32Array[] = []
  for (const [place, member] of members.entries()) {
    const group = (groups[Math.floor(place / bits)] ??= new Uint32Array(history.basketCount()))
    const bit = 1 << (place % bits)
    history.eachBasketWith(member, (basket) => {
      group[basket] = at(group, basket) | bit
      return true
    })
  }
  return groups
}
