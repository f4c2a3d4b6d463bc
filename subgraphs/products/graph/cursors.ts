import { z } from 'zod'

import { SoukError } from '../../../platform/errors.ts'
import { decodeCursor } from '../../../platform/graphql/page.ts'
import { priceRange, sortName, type Product } from '../domain.ts'
import { searchModes } from '../search/query.ts'
import type { SearchResult } from '../search/product-index.ts'
import type { Order } from '../stores/store.ts'

/** By what a list is sorted; RANK is how well a text fits. */
export type ListOrder = Order['by']

const searchMode = z.enum(searchModes)
const id = z.uuid()

/** The place of a product in a list: its sort key, and how a text was searched. */
const place = z.discriminatedUnion('by', [
  z.object({ by: z.literal('RANK'), mode: searchMode, rank: z.int().nonnegative(), id }),
  // PostgreSQL takes no NUL in a text.
  z.object({ by: z.literal('NAME'), mode: searchMode.optional(), name: z.string().regex(/^[^\0]*$/), id }),
  z.object({
    by: z.enum(['PRICE_LOW_TO_HIGH', 'PRICE_HIGH_TO_LOW']),
    mode: searchMode.optional(),
    price: z.int(),
    id,
  }),
  z.object({ by: z.literal('NEWEST'), mode: searchMode.optional(), createdAt: z.iso.datetime(), id }),
])
export type Place = z.infer<typeof place>

/** The list in its cursors. */
export const productList = 'products'

/** @throws SoukError BAD_USER_INPUT for a cursor that was not given out by a list in this order */
export function placeFrom(cursor: string | null | undefined, by: ListOrder): Place | undefined {
  const decoded = decodeCursor({ list: productList, position: place }, cursor)
  if (decoded === undefined || decoded.by === by) return decoded
  throw new SoukError('BAD_USER_INPUT', '`after` is a cursor of a list in another order.')
}

export function placeOf(product: Product, by: ListOrder, search: SearchResult | undefined): Place {
  const { id } = product
  const mode = search?.mode
  switch (by) {
    case 'RANK': {
      const rank = search?.hits.findIndex((hit) => hit.id === id) ?? 0
      return { by, mode: mode ?? 'STRICT', rank: Math.max(0, rank), id }
    }
    case 'NAME':
      return { by, mode, name: sortName(product.name), id }
    case 'PRICE_LOW_TO_HIGH':
    case 'PRICE_HIGH_TO_LOW':
      return { by, mode, price: priceRange(product).lowest.amount, id }
    case 'NEWEST':
      return { by, mode, createdAt: product.createdAt.toISOString(), id }
  }
}

/** Where the page after `place` begins. */
export function orderAfter(by: ListOrder, after: Place | undefined, search: SearchResult | undefined): Order {
  if (after === undefined) return { by }
  switch (after.by) {
    case 'RANK':
      return { by: 'RANK', after: rankAfter(after, search?.hits ?? []) }
    case 'NAME':
      return { by: 'NAME', after }
    case 'PRICE_LOW_TO_HIGH':
    case 'PRICE_HIGH_TO_LOW':
      return { by: after.by, after }
    case 'NEWEST':
      return { by: 'NEWEST', after: { createdAt: new Date(after.createdAt), id: after.id } }
  }
}

/**
 * How many hits come up to and with the last product of the page before. It is looked for in the fresh ranking, so that
 * what came in ahead of it neither repeats nor skips anything; where it is gone, the next has taken its rank.
 */
function rankAfter({ id, rank }: { id: string; rank: number }, hits: SearchResult['hits']): number {
  const found = hits.findIndex((hit) => hit.id === id)
  return found === -1 ? rank : found + 1
}
