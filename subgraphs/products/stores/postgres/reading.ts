import type { PostgresDatabase } from '../../../../platform/postgres/database.ts'
import type { Product } from '../../domain/product.ts'
import type { CategoryWithCount, ProductStore } from '../store.ts'
import { countStatement, pageStatement } from './listing.ts'
import { productColumns, productsFrom, productTables, type ProductRow } from './rows.ts'

type Reading = Pick<
  ProductStore,
  'byIds' | 'bySlugs' | 'byVariantIds' | 'bySkus' | 'page' | 'count' | 'categories' | 'slugsLike' | 'skusInUse'
>

const lowerCased = (texts: readonly string[]) => texts.map((text) => text.toLowerCase())

export function reading(database: PostgresDatabase): Reading {
  async function productsWhere(condition: string, values: readonly unknown[]): Promise<Product[]> {
    const { rows } = await database.query<ProductRow>(
      `select ${productColumns} from ${productTables} where ${condition} order by product.id, variant.position`,
      values,
    )
    return productsFrom(rows)
  }

  return {
    byIds: (ids) => productsWhere('product.id = any($1)', [ids]),
    bySlugs: (slugs) => productsWhere('product.slug = any($1)', [slugs]),
    byVariantIds: (variantIds) =>
      productsWhere('product.id in (select product_id from variant where id = any($1))', [variantIds]),
    bySkus: (skus) =>
      productsWhere('product.id in (select product_id from variant where lower(sku) = any($1))', [lowerCased(skus)]),

    async page(request) {
      const { text, values } = pageStatement(request)
      return productsFrom((await database.query<ProductRow>(text, values)).rows)
    },

    async count(criteria) {
      const { text, values } = countStatement(criteria)
      const { rows } = await database.query<{ count: number }>(text, values)
      return rows[0]?.count ?? 0
    },

    async categories() {
      const { rows } = await database.query<{ slug: string; name: string; product_count: number }>(
        `select category.slug, category.name, count(product.id) as product_count
         from category left join product on product.category = category.slug and product.status = 'ACTIVE'
         group by category.slug order by category.position, category.slug`,
      )
      return rows.map(({ slug, name, product_count: productCount }): CategoryWithCount => ({
        slug,
        name,
        productCount,
      }))
    },

    async slugsLike(base) {
      const { rows } = await database.query<{ slug: string }>(
        `select slug from product where slug = $1 or starts_with(slug, $1 || '-')`,
        [base],
      )
      return rows.map(({ slug }) => slug)
    },

    async skusInUse(skus) {
      const { rows } = await database.query<{ sku: string }>(
        'select lower(sku) as sku from variant where lower(sku) = any($1)',
        [lowerCased(skus)],
      )
      return rows.map(({ sku }) => sku)
    },
  }
}
