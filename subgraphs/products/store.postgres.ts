import pg from 'pg'

import type { Database, Queryable } from '../../platform/postgres/database.ts'
import type { Product } from './domain.ts'
import { countStatement, pageStatement } from './postgres/listing.ts'
import { productColumns, productsFrom, productTables, type ProductRow } from './postgres/rows.ts'
import { deleteVariants, insertOptions, insertProducts, insertVariants, updateProduct } from './postgres/writing.ts'
import type { CategoryWithCount, ProductStore, ProductToSave, SaveResult } from './store.ts'

/** Notified in the products' own database, at commit, when stock has been heard of. */
export const stockChannel = 'stock_heard'

export function postgresProductStore(database: Database): ProductStore {
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
    bySkus: (skus) => productsWhere('product.id in (select product_id from variant where sku = any($1))', [skus]),

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
        [skus.map((sku) => sku.toLowerCase())],
      )
      return rows.map(({ sku }) => sku)
    },

    save: (toSave, expectedVersion) => save(database, toSave, expectedVersion),

    async saveCategories(categories) {
      await database.query(
        `insert into category (slug, name, position)
         select * from unnest($1::text[], $2::text[], $3::int[])
         on conflict (slug) do update set name = excluded.name, position = excluded.position`,
        [categories.map(({ slug }) => slug), categories.map(({ name }) => name), categories.map((_, index) => index)],
      )
    },

    insertMany: (entries) =>
      database.transaction(async (transaction) => {
        const fresh = await insertProducts(
          transaction,
          entries.map(({ product }) => product),
        )
        const added = entries.filter(({ product }) => fresh.has(product.id))
        await insertParts(
          transaction,
          added.map(({ product }) => product),
        )
        transaction.say(...added.flatMap(({ messages }) => messages))
        return added.length
      }),

    async applyStock(levels) {
      // Every replica takes the rows in one order, so that two never wait for each other.
      const sorted = [...levels].sort((left, right) => (left.variantId < right.variantId ? -1 : 1))
      await database.query(
        `with applied as (
           insert into stock_level (variant_id, available, version)
           select * from unnest($1::uuid[], $2::int[], $3::bigint[])
           on conflict (variant_id) do update set available = excluded.available, version = excluded.version
           where stock_level.version < excluded.version
         )
         select pg_notify('${stockChannel}', '')`,
        [
          sorted.map(({ variantId }) => variantId),
          sorted.map(({ available }) => available),
          sorted.map(({ version }) => version),
        ],
      )
    },

    async hasHeardStockOf(variantIds) {
      const { rows } = await database.query<{ count: number }>(
        'select count(*) as count from stock_level where variant_id = any($1)',
        [variantIds],
      )
      return rows[0]?.count === new Set(variantIds).size
    },
  }
}

async function save(database: Database, { product, messages }: ProductToSave, expected: number): Promise<SaveResult> {
  try {
    return await database.transaction(async (transaction) => {
      if (!(await writeProduct(transaction, product, expected))) return 'CHANGED_MEANWHILE'
      await insertParts(transaction, [product])
      transaction.say(...messages)
      return 'SAVED'
    })
  } catch (thrown) {
    const taken = takenBy(thrown)
    if (taken === undefined) throw thrown
    return taken
  }
}

async function writeProduct(queryable: Queryable, product: Product, expectedVersion: number): Promise<boolean> {
  if (expectedVersion === 0) return (await insertProducts(queryable, [product])).size === 1
  if (!(await updateProduct(queryable, product, expectedVersion))) return false
  await deleteVariants(queryable, product.id)
  return true
}

async function insertParts(queryable: Queryable, products: readonly Product[]): Promise<void> {
  await insertVariants(queryable, products)
  await insertOptions(queryable, products)
}

const uniqueViolation = '23505'

/** Which of the shop's names the statement would have given twice. */
function takenBy(thrown: unknown): SaveResult | undefined {
  if (!(thrown instanceof pg.DatabaseError) || thrown.code !== uniqueViolation) return undefined
  switch (thrown.constraint) {
    case 'product_slug':
      return 'SLUG_TAKEN'
    case 'variant_sku':
      return 'SKU_TAKEN'
    default:
      return undefined
  }
}
