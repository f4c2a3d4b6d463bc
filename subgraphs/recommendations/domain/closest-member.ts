import type { BasketHistory } from './basket-history.ts'
import { at } from './packed-rows.ts'
import { countTogether, shrunk } from './recommenders/shrunk-cosine.ts'

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
  const counts = new Uint32Array(history.productCount())
  return (product) => {
    counts.fill(0)
    countTogether(history, product, counts)
    let best: (CoPurchaseEvidence & { readonly score: number }) | undefined
    for (const member of members) {
      const together = at(counts, member)
      const baskets = history.countOf(member)
      const score = together === 0 ? 0 : shrunk(together, baskets, history.countOf(product))
      if (score > (best?.score ?? 0)) best = { member, together, baskets, score }
    }
    return best && { member: best.member, together: best.together, baskets: best.baskets }
  }
}
