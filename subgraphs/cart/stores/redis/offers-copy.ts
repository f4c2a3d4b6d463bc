import { z } from 'zod'

import type { PostgresDatabase } from '../../../../platform/postgres/database.ts'
import type { RedisConnection } from '../../../../platform/redis/connection.ts'
import { singleFlight } from '../../../../platform/work/single-flight.ts'
import { offerKeys } from './keys.ts'
import type { OfferWrites } from './offer-writes.ts'
import { readProduct } from './offers.ts'
import { enter, finish } from './scripts.ts'

const stockRow = z.object({ variantId: z.string(), available: z.int(), version: z.int() })

interface CopyParts {
  readonly redis: RedisConnection
  readonly backup: PostgresDatabase
  readonly writes: OfferWrites
  readonly newId: () => string
}

/** Fills Redis, where it does not have the catalogue, from the copy in PostgreSQL; what is published meanwhile is newer. */
export function offersFromCopy({ redis, backup, writes, newId }: CopyParts): () => Promise<void> {
  return singleFlight(async () => {
    const state = z.string().parse(await redis.run(enter, [offerKeys.state], [newId()]))
    if (!state.startsWith('restoring ')) return
    const { rows: products } = await backup.query<{ product: string }>(
      `select jsonb_build_object('productId', product_id, 'slug', slug, 'name', name, 'images', images, 'sold', sold,
         'version', version, 'variants', coalesce((
           select jsonb_agg(jsonb_build_object('variantId', variant_id, 'sku', sku, 'name', known_variant.name,
             'price', jsonb_build_object('amount', price, 'currency', currency)))
           from known_variant where known_variant.product_id = known_product.product_id), '[]'))::text as product
       from known_product`,
    )
    const { rows: levels } = await backup.query('select variant_id as "variantId", available, version from known_stock')
    await writes.putProducts(products.map(({ product }) => readProduct(product)))
    await writes.putLevels(levels.map((row) => stockRow.parse(row)))
    await redis.run(finish, [offerKeys.state], [state.slice('restoring '.length)])
  })
}
