import DataLoader from 'dataloader'

import { lookTogether } from '../../../platform/work/look-together.ts'
import { money } from '../../../platform/money.ts'
import { cartCurrency } from '../domain.ts'
import type { OfferStore, ShownVariant } from '../stores/store.ts'

/** What a request's carts show of their variants, in one statement with other requests. */
export type ShownVariants = DataLoader<string, ShownVariant>

export function shownVariants(offers: OfferStore): () => ShownVariants {
  const together = lookTogether((variantIds: readonly string[]) => offers.shown(variantIds))
  return () =>
    new DataLoader(async (variantIds) => {
      const shown = await together(variantIds)
      return variantIds.map((variantId) => shown.get(variantId) ?? unknownVariant(variantId))
    })
}

/**
 * Nothing gets into a cart that cart does not know, but a product may have lost a variant since, or a store may have been
 * brought back from an older copy. The line stays, so that it can be seen and removed; it costs nothing, and cannot be
 * ordered.
 */
function unknownVariant(variantId: string): ShownVariant {
  const name = 'No longer in the shop'
  const nothing = money(0, cartCurrency)
  const priceRange = { lowest: nothing, highest: nothing }
  const product = { productId: variantId, slug: variantId, name, images: [], priceRange }
  return { variantId, sku: variantId, name, price: nothing, product }
}
