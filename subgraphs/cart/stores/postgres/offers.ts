import { z } from 'zod'

import { money } from '../../../../platform/money.ts'
import type { PostgresDatabase, Queryable } from '../../../../platform/postgres/database.ts'
import type { Offer } from '../../domain.ts'
import type { KnownProduct, OfferStore, ShownVariant } from '../store.ts'

const image = z.object({ url: z.string(), alt: z.string() })

const shownRow = z
  .object({
    variant_id: z.string(),
    sku: z.string(),
    name: z.string(),
    price: z.int(),
    currency: z.string(),
    product_id: z.string(),
    slug: z.string(),
    product_name: z.string(),
    images: z.array(image),
    lowest_price: z.int(),
    highest_price: z.int(),
  })
  .transform((row): ShownVariant => {
    const { currency } = row
    const priceRange = { lowest: money(row.lowest_price, currency), highest: money(row.highest_price, currency) }
    return {
      variantId: row.variant_id,
      sku: row.sku,
      name: row.name,
      price: money(row.price, currency),
      product: {
        productId: row.product_id,
        slug: row.slug,
        name: row.product_name,
        images: row.images,
        priceRange,
      },
    }
  })

interface OfferRow {
  readonly variant_id: string
  readonly sold: boolean
  readonly available: number
}

/** Rows are written in the order of their ids, so that replicas that apply at once never wait in a circle. */
export function postgresOfferStore(database: PostgresDatabase): OfferStore {
  return {
    async offers(variantIds): Promise<Map<string, Offer>> {
      const { rows } = await database.query<OfferRow>(
        `select variant_id, sold, coalesce(available, 0) as available
         from known_variant join known_product using (product_id) left join known_stock using (variant_id)
         where variant_id = any($1)`,
        [variantIds],
      )
      return new Map(rows.map(({ variant_id: variantId, ...row }) => [variantId, { variantId, ...row }]))
    },

    async shown(variantIds) {
      const { rows } = await database.query(
        `select variant_id, sku, known_variant.name, price, currency,
           product_id, slug, known_product.name as product_name, images, lowest_price, highest_price
         from known_variant join known_product using (product_id) cross join lateral (
           select min(price) as lowest_price, max(price) as highest_price from known_variant as sibling
           where sibling.product_id = known_product.product_id
         ) as price_range
         where variant_id = any($1)`,
        [variantIds],
      )
      return new Map(rows.map((row) => shownRow.parse(row)).map((variant) => [variant.variantId, variant]))
    },

    applyProducts: (products) =>
      database.transaction(async (transaction) => {
        const fresh = await upsertProducts(transaction, products)
        const changed = products.filter(({ productId }) => fresh.has(productId))
        await forgetOtherVariants(transaction, changed)
        await upsertVariants(transaction, changed)
      }),

    async applyStock(levels) {
      await database.query(
        `insert into known_stock (variant_id, available, version)
         select * from unnest($1::uuid[], $2::int[], $3::bigint[]) order by 1
         on conflict (variant_id) do update set available = excluded.available, version = excluded.version
           where known_stock.version < excluded.version`,
        [
          levels.map(({ variantId }) => variantId),
          levels.map(({ available }) => available),
          levels.map(({ version }) => version),
        ],
      )
    },

    async knowsNoProduct() {
      const { rows } = await database.query('select from known_product limit 1')
      return rows.length === 0
    },
  }
}

/** Returns the products that were newer than what was known. A statement of its own: who waits here for another sees what that one wrote. */
async function upsertProducts(queryable: Queryable, products: readonly KnownProduct[]): Promise<Set<string>> {
  const { rows } = await queryable.query<{ product_id: string }>(
    `insert into known_product (product_id, slug, name, images, sold, version)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::boolean[], $6::bigint[]) order by 1
     on conflict (product_id) do update set
       slug = excluded.slug, name = excluded.name, images = excluded.images, sold = excluded.sold,
       version = excluded.version
       where known_product.version < excluded.version
     returning product_id`,
    [
      products.map(({ productId }) => productId),
      products.map(({ slug }) => slug),
      products.map(({ name }) => name),
      products.map(({ images }) => JSON.stringify(images)),
      products.map(({ sold }) => sold),
      products.map(({ version }) => version),
    ],
  )
  return new Set(rows.map((row) => row.product_id))
}

async function forgetOtherVariants(queryable: Queryable, products: readonly KnownProduct[]): Promise<void> {
  await queryable.query('delete from known_variant where product_id = any($1) and variant_id <> all($2)', [
    products.map(({ productId }) => productId),
    products.flatMap(({ variants }) => variants.map(({ variantId }) => variantId)),
  ])
}

async function upsertVariants(queryable: Queryable, products: readonly KnownProduct[]): Promise<void> {
  const rows = products.flatMap(({ productId, variants }) => variants.map((variant) => ({ ...variant, productId })))
  await queryable.query(
    `insert into known_variant (variant_id, product_id, sku, name, price, currency)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::text[]) order by 1
     on conflict (variant_id) do update set
       product_id = excluded.product_id, sku = excluded.sku, name = excluded.name, price = excluded.price,
       currency = excluded.currency`,
    [
      rows.map(({ variantId }) => variantId),
      rows.map(({ productId }) => productId),
      rows.map(({ sku }) => sku),
      rows.map(({ name }) => name),
      rows.map(({ price }) => price.amount),
      rows.map(({ price }) => price.currency),
    ],
  )
}
