import type { Image } from '../../../../contracts/products.ts'
import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { ComparedProduct } from '../../domain/similar/similar.ts'
import type { CatalogueStore, KnownProduct, Offer } from '../store.ts'

interface ProductRow {
  readonly product_id: string
  readonly name: string
  readonly category: string
  readonly category_name: string
  readonly price: number
  readonly currency: string
}

interface OfferRow extends ProductRow {
  readonly slug: string
  readonly images: readonly Image[]
  readonly highest_price: number
  readonly buyable: boolean
}

/** By what products are compared: the lists are out of date when one of these has changed. */
const columns = 'product_id, name, category, category_name, price, currency'
const card = 'slug, images, highest_price'

function productFrom(row: ProductRow): ComparedProduct {
  return {
    id: row.product_id,
    name: row.name,
    category: { slug: row.category, name: row.category_name },
    price: { amount: row.price, currency: row.currency },
  }
}

export function postgresCatalogue(queryable: Queryable): CatalogueStore {
  return { ...hearing(queryable), ...knowing(queryable) }
}

/** One list of values for each parameter of the statement that takes products in. */
function productValues(products: readonly KnownProduct[]): unknown[] {
  return [
    products.map(({ id }) => id),
    products.map(({ name }) => name),
    products.map(({ category }) => category.slug),
    products.map(({ category }) => category.name),
    products.map(({ price }) => price.amount),
    products.map(({ price }) => price.currency),
    products.map(({ active }) => active),
    products.map(({ version }) => version),
    products.flatMap(({ variantIds }) => variantIds),
    products.flatMap(({ id, variantIds }) => variantIds.map(() => id)),
    products.map(({ slug }) => slug),
    products.map(({ images }) => JSON.stringify(images)),
    products.map(({ highestPrice }) => highestPrice.amount),
  ]
}

function hearing(queryable: Queryable): Pick<CatalogueStore, 'applyProducts' | 'applyStock'> {
  return {
    async applyProducts(products) {
      await queryable.query(
        `with given as (
           select * from unnest(
             $1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::boolean[], $8::bigint[],
             $11::text[], $12::jsonb[], $13::bigint[]
           ) as given (${columns}, active, version, ${card})
         ), before as (
           select ${columns} from known_product where product_id = any($1)
         ), applied as (
           insert into known_product (${columns}, active, version, ${card}) select * from given
           on conflict (product_id) do update set
             name = excluded.name, category = excluded.category, category_name = excluded.category_name,
             price = excluded.price, currency = excluded.currency, active = excluded.active, version = excluded.version,
             slug = excluded.slug, images = excluded.images, highest_price = excluded.highest_price
             where known_product.version < excluded.version
           returning ${columns}
         ), gone as (
           delete from known_variant using applied
           where known_variant.product_id = applied.product_id and known_variant.variant_id <> all($9)
         ), variant as (
           insert into known_variant (variant_id, product_id)
           select variant_id, product_id from unnest($9::uuid[], $10::uuid[]) as variant (variant_id, product_id)
           join applied using (product_id) order by variant_id
           on conflict (variant_id) do update set product_id = excluded.product_id
             where known_variant.product_id <> excluded.product_id
         )
         insert into stale_list (product_id)
         select product_id from (select * from applied except select * from before) as changed
         order by product_id on conflict (product_id) do update set mark = default`,
        productValues(products),
      )
    },

    async applyStock(levels) {
      await queryable.query(
        `insert into known_stock (variant_id, available, version)
         select * from unnest($1::uuid[], $2::int[], $3::bigint[])
         on conflict (variant_id) do update set available = excluded.available, version = excluded.version
           where known_stock.version < excluded.version`,
        [
          levels.map(({ variantId }) => variantId),
          levels.map(({ available }) => available),
          levels.map(({ version }) => version),
        ],
      )
    },
  }
}

function knowing(queryable: Queryable): Omit<CatalogueStore, 'applyProducts' | 'applyStock'> {
  return {
    async offers(productIds): Promise<Offer[]> {
      // An `exists` would be answered from a hash of the whole catalogue.
      const { rows } = await queryable.query<OfferRow>(
        `select ${columns}, ${card}, active and slug <> '' and coalesce(in_stock, false) as buyable
         from known_product left join lateral (
           select true as in_stock from known_variant join known_stock using (variant_id)
           where known_variant.product_id = known_product.product_id and available > 0 limit 1
         ) as stock on true
         where product_id = any($1)`,
        [productIds],
      )
      return rows.map((row) => ({
        ...productFrom(row),
        slug: row.slug,
        images: row.images,
        highestPrice: { amount: row.highest_price, currency: row.currency },
        buyable: row.buyable,
      }))
    },

    async lacksCards() {
      const { rows } = await queryable.query(`select from known_product where slug = '' limit 1`)
      return rows.length > 0
    },

    async productsOfVariants(variantIds) {
      const { rows } = await queryable.query<{ variant_id: string; product_id: string }>(
        'select variant_id, product_id from known_variant where variant_id = any($1)',
        [variantIds],
      )
      return new Map(rows.map((row) => [row.variant_id, row.product_id]))
    },

    async allProducts() {
      const { rows } = await queryable.query<ProductRow>(`select ${columns} from known_product order by product_id`)
      return rows.map(productFrom)
    },
  }
}
