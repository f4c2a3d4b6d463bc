import { z } from 'zod'

import type { PostgresDatabase, Queryable } from '../../../../platform/postgres/database.ts'
import type { OwnedCart, PricedCart, ReadModels, VariantStock } from '../read-models.ts'
import { notificationChannel } from '../../../../platform/postgres/notifications.ts'
import { cartChanged } from '../store.ts'
import { applyProducts } from './catalogue.ts'

const cartRow = z.object({
  cart_id: z.string(),
  version: z.int(),
  lines: z.array(z.object({ lineId: z.string(), variantId: z.string(), quantity: z.int() })),
  offers: z.array(
    z
      .object({
        variant_id: z.string(),
        product_id: z.string(),
        name: z.string(),
        price: z.int(),
        currency: z.string(),
        on_sale: z.boolean(),
        available: z.int().nullable(),
      })
      .transform(
        ({ variant_id: variantId, product_id: productId, name, price, currency, on_sale: onSale, available }) => ({
          ...{ variantId, productId, name, onSale },
          price: { amount: price, currency },
          available: available ?? undefined,
        }),
      ),
  ),
})

/** Each statement locks rows in the order of their ids, so that replicas that apply at once never wait in a circle. */
export function postgresReadModels(database: PostgresDatabase): ReadModels {
  return {
    applyProducts: (products) => applyProducts(database, products),
    applyStock: (levels) => applyStock(database, levels),
    applyCarts: (carts) => applyCarts(database, carts),
    cartOf: (userId) => cartOf(database, userId),
  }
}

async function applyStock(queryable: Queryable, levels: readonly VariantStock[]): Promise<void> {
  await queryable.query(
    `insert into stock_level as known
     select * from unnest($1::uuid[], $2::int[], $3::bigint[]) as level (variant_id, available, version)
     order by variant_id
     on conflict (variant_id) do update set available = excluded.available, version = excluded.version
     where known.version < excluded.version`,
    [
      levels.map(({ variantId }) => variantId),
      levels.map(({ available }) => available),
      levels.map(({ version }) => version),
    ],
  )
}

async function applyCarts(queryable: Queryable, carts: readonly OwnedCart[]): Promise<void> {
  const rows = carts.map(({ cartId, owner, lines, version }) => {
    return { cart_id: cartId, owner_kind: owner.kind, owner_id: owner.id, lines, version }
  })
  await queryable.query(
    `with applied as (
       insert into known_cart as known select * from jsonb_populate_recordset(null::known_cart, $1) order by cart_id
       on conflict (cart_id) do update
         set owner_kind = excluded.owner_kind, owner_id = excluded.owner_id, lines = excluded.lines,
             version = excluded.version
         where known.version < excluded.version
       returning owner_kind, owner_id
     )
     select pg_notify('${notificationChannel}', '${cartChanged('')}' || owner_id) from applied where owner_kind = 'user'`,
    [JSON.stringify(rows)],
  )
}

async function cartOf(queryable: Queryable, userId: string): Promise<PricedCart | undefined> {
  const { rows } = await queryable.query(
    `select cart_id, version, lines, (
       select coalesce(json_agg(offer), '[]') from (
         select variant_id, product_id, name, price, currency, on_sale, available
         from catalogue_variant left join stock_level using (variant_id)
         where variant_id in (select (line ->> 'variantId')::uuid from jsonb_array_elements(lines) as line)
       ) as offer
     ) as offers
     from known_cart where owner_kind = 'user' and owner_id = $1
     order by cart_id desc limit 1`,
    [userId],
  )
  if (rows[0] === undefined) return undefined
  const { cart_id: cartId, offers, ...cart } = cartRow.parse(rows[0])
  return { cart: { cartId, ...cart }, offers }
}
