import { z } from 'zod'

import { SoukError } from '../../../platform/errors.ts'
import { decodeCursor } from '../../../platform/graphql/page.ts'
import type { Place, SortedBy } from '../listing/places.ts'
import { searchModes } from '../search/query.ts'

const searchMode = z.enum(searchModes)
const id = z.uuid()

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

/** The list in its cursors. */
export const productList = 'products'

/** @throws SoukError INVALID_INPUT for a cursor that was not given out by a list in this order */
export function placeFrom(cursor: string | null | undefined, by: SortedBy): Place | undefined {
  const decoded = decodeCursor({ list: productList, position: place }, cursor)
  if (decoded === undefined || decoded.by === by) return decoded
  throw new SoukError('INVALID_INPUT', '`after` is a cursor of a list in another order.', { field: 'after' })
}
