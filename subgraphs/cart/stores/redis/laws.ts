import { isDeepStrictEqual } from 'node:util'

import { cartState } from '../../../../contracts/cart.ts'
import { readModelOf, type Fact, type OutboxFacts, type ReadModel } from '../../../../platform/laws/facts.ts'
import { inFlightSeconds, type Law, type Questions } from '../../../../platform/laws/law.ts'
import type { RedisConnection } from '../../../../platform/redis/connection.ts'
import { streamOutboxFacts } from '../../../../platform/redis/outbox-laws.ts'
import type { Cart } from '../../domain.ts'
import { cartLaws, productModel, stockModel, variantModel, type CartLaws } from '../../laws.ts'
import { stateOf } from '../../messages.ts'
import { cartsIn } from './all-carts.ts'
import { allShards, keysOf, offerKeys } from './keys.ts'
import { readProduct, readStock } from './offers.ts'

interface RedisCartGround {
  readonly redis: RedisConnection
  /** How to ask the backup. */
  readonly backup: Questions
}

/** What must hold of cart's store, and what is reported of it, where that is Redis with its backup in PostgreSQL. */
export function redisCartLaws({ redis, backup }: RedisCartGround): CartLaws {
  const inBackup = cartLaws(backup)
  return {
    laws: [backupLaw({ redis, backup })],
    state: {
      type: cartState.type,
      // The carts of guests that have ended are in the backup alone.
      async facts() {
        const live = new Map((await cartsIn(redis)).map((cart) => [cart.id, factOf(cart)]))
        const ended = (await inBackup.state.facts()).filter(({ key }) => !live.has(key))
        return [...live.values(), ...ended]
      },
    },
    readModels: [...inBackup.readModels, ...readModelsIn(redis)],
  }
}

export function redisCartOutbox(redis: RedisConnection): OutboxFacts {
  return streamOutboxFacts(redis, allShards)
}

function factOf(cart: Cart): Fact {
  const { version, data } = stateOf(cart)
  return { key: cart.id, messageKey: cart.id, fact: { version, data } }
}

/** What was changed a moment ago may be missing there; what has ended is there alone. */
function backupLaw({ redis, backup }: RedisCartGround): Law {
  return {
    name: 'the backup of the carts has what Redis has',
    async check() {
      const [live, unsaved] = await Promise.all([cartsIn(redis), unsavedIn(redis)])
      const { rows } = await backup.query<{ id: string; version: number; lines: unknown; expired: boolean }>(
        'select id, version, lines, expired from cart',
      )
      const kept = new Map(rows.map((row) => [row.id, row]))
      const settled = live.filter(({ owner }) => !unsaved.has(keysOf(owner).member))
      const differing = settled.filter(({ id, version, lines }) => {
        const row = kept.get(id)
        return row?.version !== version || !isDeepStrictEqual(row.lines, lines)
      })
      const known = new Set(live.map(({ id }) => id))
      const missing = rows.filter(({ id, expired }) => !expired && !known.has(id))
      const limit = Date.now() - inFlightSeconds * 1_000
      const late = [...unsaved].filter(([, since]) => since < limit)
      return {
        checked: live.length,
        violations: [
          ...differing.map(({ id, version }) => `cart ${id} is not in the backup in its version ${version}`),
          ...missing.map(({ id }) => `cart ${id} is in the backup, and Redis does not have it`),
          ...late.map(([member]) => `the cart of ${member} should have been backed up by now`),
        ],
      }
    },
  }
}

/** Since when, by name. */
async function unsavedIn({ client }: RedisConnection): Promise<ReadonlyMap<string, number>> {
  const lists = await Promise.all(allShards.map(({ unsaved }) => client.zrange(unsaved, 0, -1, 'WITHSCORES')))
  return new Map(
    lists.flatMap((list) =>
      list.flatMap((name, index) => (index % 2 === 0 ? [[name, Number(list[index + 1])] as const] : [])),
    ),
  )
}

function readModelsIn({ client }: RedisConnection): readonly ReadModel[] {
  const products = async () => Object.values(await client.hgetall(offerKeys.products)).map(readProduct)
  return [
    readModelOf({ ...productModel, table: 'known_product in Redis' }, async () =>
      (await products()).map(({ productId: key, variants: _, ...fact }) => ({ key, messageKey: key, fact })),
    ),
    readModelOf({ ...variantModel, table: 'known_variant in Redis' }, async () => {
      const known = new Map((await products()).map((product) => [product.productId, product]))
      return Object.entries(await client.hgetall(offerKeys.variants)).map(([key, messageKey]): Fact => {
        const variant = known.get(messageKey)?.variants.find(({ variantId }) => variantId === key)
        if (variant === undefined) return { key, messageKey, fact: undefined }
        const { sku, name, price } = variant
        return {
          key,
          messageKey,
          fact: { product_id: messageKey, sku, name, price: price.amount, currency: price.currency },
        }
      })
    }),
    readModelOf({ ...stockModel, table: 'known_stock in Redis' }, async () =>
      Object.entries(await client.hgetall(offerKeys.stock)).map(([key, level]) => {
        return { key, messageKey: key, fact: readStock(level) }
      }),
    ),
  ]
}
