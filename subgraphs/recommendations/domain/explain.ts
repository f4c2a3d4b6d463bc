import type { Likeness } from './similar/likeness.ts'

/** Why a product is recommended, by the names of the graph's `RecommendationReason`. */
export type Evidence =
  | {
      readonly reason: 'BOUGHT_TOGETHER' | 'FITS_YOUR_CART' | 'BASED_ON_YOUR_ORDERS'
      /** The name of the product that the baskets hold. */
      readonly member: string
      /** Of the `baskets` that hold the member, `together` hold the recommended product as well. */
      readonly together: number
      readonly baskets: number
    }
  | { readonly reason: 'SIMILAR'; readonly likeness: Likeness }
  | { readonly reason: 'POPULAR'; readonly baskets: number; readonly ofBaskets: number }

export type Reason = Evidence['reason']

/** The evidence in words: nothing in it that was not counted or compared. */
export function explain(evidence: Evidence): string {
  switch (evidence.reason) {
    case 'BOUGHT_TOGETHER':
      return inBasketsWith(evidence)
    case 'FITS_YOUR_CART':
      return `${inBasketsWith(evidence)}, which is in your cart`
    case 'BASED_ON_YOUR_ORDERS':
      return `${inBasketsWith(evidence)}, which you have bought`
    case 'SIMILAR':
      return alike(evidence.likeness)
    case 'POPULAR':
      return evidence.ofBaskets === 1
        ? 'In the last basket'
        : `In ${grouped(evidence.baskets)} of the last ${grouped(evidence.ofBaskets)} baskets`
  }
}

function inBasketsWith({ together, baskets, member }: { together: number; baskets: number; member: string }): string {
  return baskets === 1
    ? `In the only basket with ${member}`
    : `In ${grouped(together)} of ${grouped(baskets)} baskets with ${member}`
}

function alike({ sharedWords, sharedCategory, closePrice }: Likeness): string {
  const words = sharedWords.length === 0 ? [] : [`shares ${listed(sharedWords.map((word) => `“${word}”`))}`]
  const category = sharedCategory === undefined ? [] : [`is in ${sharedCategory} too`]
  const price = closePrice ? ['costs about the same'] : []
  return capitalised(listed([...words, ...category, ...price]))
}

function listed(parts: readonly string[]): string {
  const rest = parts.slice(0, -1)
  const last = parts.slice(-1).join('')
  return rest.length === 0 ? last : `${rest.join(', ')} and ${last}`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function grouped(count: number): string {
  return count.toLocaleString('en-GB')
}
