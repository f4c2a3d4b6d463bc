import type { BasketHistory } from './basket-history.ts'
import { at } from './packed-rows.ts'
import { shrunk } from './recommenders/shrunk-cosine.ts'

/** Of the `baskets` that hold the member, `together` hold the recommended product as well. */
export interface CoPurchaseEvidence {
  readonly member: number
  readonly together: number
  readonly baskets: number
}

/**
 * What is shown as the reason, however a product was found: the member that belongs to it most, by shrunk cosine, with
 * what was counted. `undefined` where no basket holds it with a member: then nothing speaks for it that could be shown.
 */
export function closestMember(
  history: BasketHistory,
  members: readonly number[],
): (product: number) => CoPurchaseEvidence | undefined {
  const countsWith = countingWith(history, members)
  return (product) => {
    const counts = countsWith(product)
    let best: (CoPurchaseEvidence & { readonly score: number }) | undefined
    for (const [place, member] of members.entries()) {
      const together = at(counts, place)
      const baskets = history.countOf(member)
      const score = together === 0 ? 0 : shrunk(together, baskets, history.countOf(product))
      if (score > (best?.score ?? 0)) best = { member, together, baskets, score }
    }
    return best && { member: best.member, together: best.together, baskets: best.baskets }
  }
}

/** Members whose baskets are known by one number each, one bit a member. */
const bits = 32

/**
 * How many baskets hold a product with each of the members. Which baskets hold which members is found out once; a product
 * then costs its own baskets, and not all that is in them.
 */
function countingWith(history: BasketHistory, members: readonly number[]): (product: number) => Uint32Array {
  const groups: Uint32Array[] = []
  for (const [place, member] of members.entries()) {
    const group = (groups[Math.floor(place / bits)] ??= new Uint32Array(history.basketCount()))
    history.eachBasketWith(member, (basket) => {
      group[basket] = at(group, basket) | (1 << (place % bits))
      return true
    })
  }
  return (product) => {
    const counts = new Uint32Array(members.length)
    for (const [number, group] of groups.entries()) {
      history.eachBasketWith(product, (basket) => {
        for (let held = at(group, basket); held !== 0; held &= held - 1) {
          const place = number * bits + (bits - 1 - Math.clz32(held & -held))
          counts[place] = at(counts, place) + 1
        }
        return true
      })
    }
    return counts
  }
}
