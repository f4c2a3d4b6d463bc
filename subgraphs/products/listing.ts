import { z } from 'zod'

import { SoukError } from '../../platform/errors.ts'
import { connection, pageSize } from '../../platform/graphql/page.ts'
import { productList, orderAfter, placeFrom, placeOf, type ListOrder } from './graph/cursors.ts'
import type { ProductListModel } from './graph/models.ts'
import type { ProductIndex } from './search/product-index.ts'
import { parseSlug } from './slugs.ts'
import type { Criteria, ProductStore } from './stores/store.ts'

const longestText = 200

/** The arguments of Query.products, null where the client left one out. */
const listArguments = z.object({
  filter: z
    .object({
      text: z.string().trim().nullish(),
      category: z.string().nullish(),
      minPrice: z.int().nullish(),
      maxPrice: z.int().nullish(),
      inStockOnly: z.boolean().nullish(),
    })
    .nullish(),
  sort: z.enum(['RELEVANCE', 'NAME', 'PRICE_LOW_TO_HIGH', 'PRICE_HIGH_TO_LOW', 'NEWEST']).nullish(),
  first: z.int().nullish(),
  after: z.string().nullish(),
})
type ListArguments = z.infer<typeof listArguments>
type Filter = NonNullable<ListArguments['filter']>

const defaultPageSize = 20
const nothing: ProductListModel = {
  edges: [],
  pageInfo: { hasNextPage: false, endCursor: null },
  criteria: undefined,
}

/** @throws SoukError BAD_USER_INPUT for a page size, a cursor or a text that no list can have */
export async function listProducts(
  { store, index }: { store: ProductStore; index: ProductIndex },
  given: unknown,
): Promise<ProductListModel> {
  const { filter, sort, first, after } = listArguments.parse(given)
  const size = pageSize(first ?? defaultPageSize)
  const text = filter?.text ?? ''
  if (text.length > longestText) {
    throw new SoukError('BAD_USER_INPUT', `\`filter.text\` is longer than ${longestText} characters.`)
  }
  const by = orderOf(sort ?? 'RELEVANCE', text)
  const place = placeFrom(after, by)
  if (matchesNothing(filter ?? {})) return nothing

  const search = text === '' ? undefined : index.search(text, place?.mode)
  const criteria = criteriaOf(
    filter ?? {},
    search?.hits.map(({ id }) => id),
  )
  const order = orderAfter(by, place, search)
  const products = await store.page({ criteria, order, first: size + 1 })
  const positionOf = (product: (typeof products)[number]) => placeOf(product, by, search)
  const { edges, pageInfo } = connection(products, { list: productList, first: size, totalCount: 0, positionOf })
  return { edges, pageInfo, criteria }
}

function orderOf(sort: NonNullable<ListArguments['sort']>, text: string): ListOrder {
  if (sort !== 'RELEVANCE') return sort
  // Nothing to be relevant to: what is new is at least worth a look, and the order is stable.
  return text === '' ? 'NEWEST' : 'RANK'
}

function matchesNothing({ category, minPrice, maxPrice }: Filter): boolean {
  if (typeof category === 'string' && parseSlug(category) === undefined) return true
  if ((minPrice ?? 0) < 0 || (maxPrice ?? 0) < 0) return true
  return (minPrice ?? 0) > (maxPrice ?? Infinity)
}

function criteriaOf({ category, minPrice, maxPrice, inStockOnly }: Filter, ids: string[] | undefined): Criteria {
  return {
    ...(ids === undefined ? {} : { ids }),
    ...(typeof category === 'string' ? { category: parseSlug(category) } : {}),
    ...(typeof minPrice === 'number' ? { minPrice } : {}),
    ...(typeof maxPrice === 'number' ? { maxPrice } : {}),
    inStockOnly: inStockOnly ?? false,
  }
}
