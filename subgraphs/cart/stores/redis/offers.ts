import { z } from 'zod'

import { StoreUnavailable } from '../../../../platform/errors.ts'
import { money } from '../../../../platform/money.ts'
import { script } from '../../../../platform/redis/script.ts'
import type { RedisConnection } from '../../../../platform/redis/connection.ts'
import type { KnownProduct, OfferStore, ShownVariant } from '../store.ts'
import { offerKeys } from './keys.ts'
import type { OfferWrites } from './offer-writes.ts'

/** How the copy is, then of each variant its product and its stock. KEYS: state, variants, products, stock. */
const read = script(`
local answer = { redis.call('GET', KEYS[1]) }
for _, variant in ipairs(ARGV) do
  local product = redis.call('HGET', KEYS[2], variant)
  table.insert(answer, product and redis.call('HGET', KEYS[3], product))
  table.insert(answer, redis.call('HGET', KEYS[4], variant))
end
return answer`)

const price = z.object({ amount: z.int(), currency: z.string() })
const knownProduct = z.object({
  productId: z.string(),
  slug: z.string(),
  name: z.string(),
  images: z.array(z.object({ url: z.string(), alt: z.string() })),
  variants: z.array(z.object({ variantId: z.string(), sku: z.string(), name: z.string(), price })),
  sold: z.boolean(),
  version: z.int(),
})

export function readProduct(text: string): KnownProduct {
  return knownProduct.parse(JSON.parse(text))
}

/** `<version> <available>` */
export function readStock(text: string): { version: number; available: number } {
  const [version, available] = text.split(' ').map(Number)
  return z.object({ version: z.int(), available: z.int() }).parse({ version, available })
}

const answer = z.tuple([z.string().nullable()]).rest(z.string().nullable())
interface OfferParts {
  readonly redis: RedisConnection
  readonly writes: OfferWrites
  /** In PostgreSQL. */
  readonly copy: OfferStore
}

interface Found {
  readonly variantId: string
  readonly product: KnownProduct
  readonly stock: string | null
}

/**
 * What can be put into a cart, in Redis; and whole beside the backup of the carts, from where it is read while Redis is away or
 * has lost it. What is published is taken in by both, or comes again.
 */
export function redisOfferStore({ redis, writes, copy }: OfferParts): OfferStore {
  /** Undefined where Redis cannot tell. */
  async function find(variantIds: readonly string[]): Promise<Found[] | undefined> {
    const { state, variants, products, stock } = offerKeys
    const found = await redis.run(read, [state, variants, products, stock], variantIds).catch((thrown: unknown) => {
      if (thrown instanceof StoreUnavailable) return undefined
      throw thrown
    })
    if (found === undefined) return undefined
    const [condition, ...rest] = answer.parse(found)
    if (condition?.startsWith('whole') !== true) return undefined
    return variantIds.flatMap((variantId, index) => {
      const product = rest[2 * index] ?? null
      return product === null ? [] : [{ variantId, product: readProduct(product), stock: rest[2 * index + 1] ?? null }]
    })
  }

  return {
    async offers(variantIds) {
      const found = await find(variantIds)
      if (found === undefined) return copy.offers(variantIds)
      return new Map(
        found.map(({ variantId, product: { sold }, stock }) => {
          const available = stock === null ? 0 : readStock(stock).available
          return [variantId, { variantId, sold, available }]
        }),
      )
    },
    async shown(variantIds) {
      const found = await find(variantIds)
      if (found === undefined) return copy.shown(variantIds)
      return new Map(found.flatMap(({ variantId, product }) => shownVariant(variantId, product)))
    },
    applyProducts: (products) => both(writes.putProducts(products), copy.applyProducts(products)),
    applyStock: (levels) => both(writes.putLevels(levels), copy.applyStock(levels)),
    knowsNoProduct: copy.knowsNoProduct,
  }
}

/** Each goes as far as it can, whatever becomes of the other. */
async function both(...writes: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(writes)).find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

function shownVariant(variantId: string, product: KnownProduct): [string, ShownVariant][] {
  const { productId, slug, name, images, variants } = product
  const variant = variants.find((one) => one.variantId === variantId)
  if (variant === undefined) return []
  const amounts = variants.map(({ price: { amount } }) => amount)
  const { currency } = variant.price
  const priceRange = { lowest: money(Math.min(...amounts), currency), highest: money(Math.max(...amounts), currency) }
  return [[variantId, { ...variant, product: { productId, slug, name, images, priceRange } }]]
}
