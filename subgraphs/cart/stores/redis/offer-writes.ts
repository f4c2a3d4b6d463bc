import { script } from '../../../../platform/redis/script.ts'
import type { RedisConnection } from '../../../../platform/redis/connection.ts'
import type { KnownProduct, KnownStock } from '../store.ts'
import { offerKeys } from './keys.ts'

/** KEYS: products, variants. ARGV: product, its id, its version, its variants. */
const putProduct = script(`
local known = redis.call('HGET', KEYS[1], ARGV[2])
if known then
  local before = cjson.decode(known)
  if before.version >= tonumber(ARGV[3]) then return 0 end
  for _, variant in ipairs(before.variants) do
    if redis.call('HGET', KEYS[2], variant.variantId) == ARGV[2] then redis.call('HDEL', KEYS[2], variant.variantId) end
  end
end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[1])
for index = 4, #ARGV do redis.call('HSET', KEYS[2], ARGV[index], ARGV[2]) end
return 1`)

/** KEYS: stock. ARGV: variant, version and what is available, of each. */
const putStock = script(`
for index = 1, #ARGV, 3 do
  local known = redis.call('HGET', KEYS[1], ARGV[index])
  if not known or tonumber(string.match(known, '^%d+')) < tonumber(ARGV[index + 1]) then
    redis.call('HSET', KEYS[1], ARGV[index], ARGV[index + 1] .. ' ' .. ARGV[index + 2])
  end
end`)

/** Redis does other things between two batches. */
const batchSize = 200

export interface OfferWrites {
  /** Into Redis alone. */
  putProducts(products: readonly KnownProduct[]): Promise<void>
  putLevels(levels: readonly KnownStock[]): Promise<void>
}

export function offerWrites(redis: RedisConnection): OfferWrites {
  async function putProducts(products: readonly KnownProduct[]): Promise<void> {
    for (const batch of batches(products)) {
      await Promise.all(
        batch.map((product) =>
          redis.run(
            putProduct,
            [offerKeys.products, offerKeys.variants],
            [
              JSON.stringify(product),
              product.productId,
              product.version,
              ...product.variants.map(({ variantId }) => variantId),
            ],
          ),
        ),
      )
    }
  }

  async function putLevels(levels: readonly KnownStock[]): Promise<void> {
    for (const batch of batches(levels)) {
      const values = batch.flatMap(({ variantId, version, available }) => [variantId, version, available])
      await redis.run(putStock, [offerKeys.stock], values)
    }
  }

  return { putProducts, putLevels }
}

function* batches<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += batchSize) yield items.slice(start, start + batchSize)
}
