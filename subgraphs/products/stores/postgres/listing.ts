import type { Criteria, Sorting } from '../store.ts'
import { productColumns, productTables } from './rows.ts'

interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/** Collects a statement's values, and gives each its place in the text. */
function binder() {
  const values: unknown[] = []
  return { values, bind: (value: unknown) => `$${values.push(value)}` }
}

type Bind = ReturnType<typeof binder>['bind']

/** One page of whole products, in one statement. */
export function pageStatement(request: { criteria: Criteria; sorting: Sorting; first: number }): Statement {
  const { criteria, sorting, first } = request
  const { values, bind } = binder()
  const source = sourceOf(criteria, bind)
  const { sortedBy, after } = sortingClauses(sorting, bind)
  const text = `
    select ${productColumns}
    from (
      select product.id, row_number() over (order by ${sortedBy}) as place
      from ${source}
      where ${[...conditionsOf(criteria, bind), ...after].join(' and ')}
      order by ${sortedBy} limit ${bind(first)}
    ) as page join ${productTables} on product.id = page.id
    order by page.place, variant.position`
  return { text, values }
}

export function countStatement(criteria: Criteria): Statement {
  const { values, bind } = binder()
  const text = `
    select count(*) as count from ${sourceOf(criteria, bind)}
    where ${conditionsOf(criteria, bind).join(' and ')}`
  return { text, values }
}

function sourceOf({ ids }: Criteria, bind: Bind): string {
  if (ids === undefined) return 'product'
  return `unnest(${bind(ids)}::uuid[]) with ordinality as ranked (id, rank) join product on product.id = ranked.id`
}

function conditionsOf({ category, minPrice, maxPrice, inStockOnly }: Criteria, bind: Bind): string[] {
  return [
    `product.status = 'ACTIVE'`,
    ...(category === undefined ? [] : [`product.category = ${bind(category)}`]),
    ...(inStockOnly === true ? ['product.in_stock'] : []),
    ...priceConditions({ minPrice, maxPrice }, bind),
  ]
}

/** The variants are only looked at where the range lies between the cheapest and the dearest of them. */
function priceConditions({ minPrice, maxPrice }: Pick<Criteria, 'minPrice' | 'maxPrice'>, bind: Bind): string[] {
  const lowest = minPrice === undefined ? undefined : bind(minPrice)
  const highest = maxPrice === undefined ? undefined : bind(maxPrice)
  const conditions: string[] = []
  if (lowest !== undefined) conditions.push(`product.highest_price >= ${lowest}`)
  if (highest !== undefined) conditions.push(`product.lowest_price <= ${highest}`)
  if (lowest !== undefined && highest !== undefined) {
    conditions.push(
      `(product.lowest_price >= ${lowest} or product.highest_price <= ${highest} or exists (
          select from variant where variant.product_id = product.id and variant.price between ${lowest} and ${highest}))`,
    )
  }
  return conditions
}

function sortingClauses(sorting: Sorting, bind: Bind): { sortedBy: string; after: string[] } {
  switch (sorting.by) {
    case 'RANK':
      return {
        sortedBy: 'ranked.rank',
        after: sorting.after === undefined ? [] : [`ranked.rank > ${bind(sorting.after)}`],
      }
    case 'NAME':
      return keyset('sort_name', 'asc', sorting.after && [bind(sorting.after.name), bind(sorting.after.id)])
    case 'PRICE_LOW_TO_HIGH':
      return keyset('lowest_price', 'asc', sorting.after && [bind(sorting.after.price), bind(sorting.after.id)])
    case 'PRICE_HIGH_TO_LOW':
      return keyset('lowest_price', 'desc', sorting.after && [bind(sorting.after.price), bind(sorting.after.id)])
    case 'NEWEST':
      return keyset('created_at', 'desc', sorting.after && [bind(sorting.after.createdAt), bind(sorting.after.id)])
  }
}

function keyset(column: string, direction: 'asc' | 'desc', after: [key: string, id: string] | undefined) {
  const comparison = direction === 'asc' ? '>' : '<'
  return {
    sortedBy: `product.${column} ${direction}, product.id ${direction}`,
    after: after === undefined ? [] : [`(product.${column}, product.id) ${comparison} (${after.join(', ')})`],
  }
}
