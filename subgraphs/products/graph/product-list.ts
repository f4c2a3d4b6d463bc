import { searchText } from '../../../contracts/text.ts'
import { SoukError } from '../../../platform/errors.ts'
import { connection, pageSize } from '../../../platform/graphql/page.ts'
import type { ListProducts } from '../listing/listing.ts'
import type { SortedBy } from '../listing/places.ts'
import { parseSlug } from '../slugs.ts'
import type { Criteria } from '../stores/store.ts'
import { placeFrom, productList } from './cursors.ts'
import type { ProductFilter, ProductSort, QueryProductsArgs } from './generated.ts'
import type { ProductListModel } from './models.ts'

const longestText = 200
const defaultPageSize = 20
const emptyList: ProductListModel = {
  edges: [],
  pageInfo: { hasNextPage: false, endCursor: null },
  criteria: undefined,
}

/** @throws SoukError INVALID_INPUT for an argument that no list can have */
export async function productListOf(args: QueryProductsArgs, listProducts: ListProducts): Promise<ProductListModel> {
  const first = pageSize(args.first ?? defaultPageSize)
  const filter = args.filter ?? {}
  const text = textOf(filter)
  const by = sortedBy(args.sort ?? 'RELEVANCE', text)
  const after = placeFrom(args.after, by)
  const criteria = criteriaOf(filter)
  if (criteria === undefined) return emptyList
  const listed = await listProducts({ text, criteria, by, after, first: first + 1 })
  const positionOf = ({ place }: (typeof listed.products)[number]) => place
  const page = connection(listed.products, { list: productList, first, totalCount: 0, positionOf })
  return {
    edges: page.edges.map(({ cursor, node }) => ({ cursor, node: node.product })),
    pageInfo: page.pageInfo,
    criteria: listed.criteria,
  }
}

function textOf({ text }: ProductFilter): string {
  const trimmed = searchText.parse(text ?? '')
  if (trimmed.length <= longestText) return trimmed
  throw invalid('filter.text', `is longer than ${longestText} characters.`)
}

function sortedBy(sort: ProductSort, text: string): SortedBy {
  if (sort !== 'RELEVANCE') return sort
  // Nothing to be relevant to: what is new is at least worth a look, and the order is stable.
  return text === '' ? 'NEWEST' : 'RANK'
}

/** Undefined where nothing can fit: a category that there is not is an empty shelf, since a link to it may be old. */
function criteriaOf({ category, minPrice, maxPrice, inStockOnly }: ProductFilter): Omit<Criteria, 'ids'> | undefined {
  const [lowest, highest] = [priceOf('minPrice', minPrice), priceOf('maxPrice', maxPrice)]
  if (lowest !== undefined && highest !== undefined && lowest > highest) {
    throw invalid('filter.minPrice', 'is above `filter.maxPrice`.')
  }
  const slug = typeof category === 'string' ? parseSlug(category) : undefined
  if (typeof category === 'string' && slug === undefined) return undefined
  return {
    ...(slug === undefined ? {} : { category: slug }),
    ...(lowest === undefined ? {} : { minPrice: lowest }),
    ...(highest === undefined ? {} : { maxPrice: highest }),
    inStockOnly: inStockOnly ?? false,
  }
}

function priceOf(name: 'minPrice' | 'maxPrice', price: number | null | undefined): number | undefined {
  if (typeof price !== 'number') return undefined
  if (price < 0) throw invalid(`filter.${name}`, 'is below 0.')
  return price
}

function invalid(field: string, what: string): SoukError {
  return new SoukError('INVALID_INPUT', `\`${field}\` ${what}`, { field })
}
