import pg from 'pg'
import { z } from 'zod'

import { auditedIn, storeNames, type Audited, type Publisher, type StoreName, type Stores } from '../audit/stores.ts'
import { allContracts } from '../contracts/all.ts'
import { openBusLaws } from '../platform/bus/nats/laws.ts'
import { systemClock } from '../platform/clock.ts'
import { ConfigError, parseConfig, type Environment } from '../platform/config.ts'
import { newUuid } from '../platform/ids.ts'
import type { BusLaws, OutboxFacts } from '../platform/laws/facts.ts'
import type { Questions } from '../platform/laws/law.ts'
import { mongodbConfig } from '../platform/mongodb/config.ts'
import { mongoDatabase } from '../platform/mongodb/database.ts'
import { documentOutboxFacts } from '../platform/mongodb/messaging/outbox-laws.ts'
import { databaseOfItsOwn, groundConfig } from '../platform/process/config.ts'
import { redisConfig } from '../platform/redis/config.ts'
import { redisConnection } from '../platform/redis/connection.ts'
import type { Logger } from '../platform/telemetry/logging.ts'
import type { Stack } from '../platform/work/stack.ts'
import { redisCartLaws, redisCartOutbox } from '../subgraphs/cart/stores/redis/laws.ts'
import { collections } from '../subgraphs/products/stores/mongodb/documents.ts'
import { mongoProductsLaws } from '../subgraphs/products/stores/mongodb/laws.ts'
import { environmentOf } from './environment.ts'

const auditConfig = z.object({ ...groundConfig.shape, ...mongodbConfig.shape, ...redisConfig.shape })
type AuditConfig = z.infer<typeof auditConfig>

interface Parts {
  readonly environment: Environment
  readonly log: Logger
  /** Ends what is opened here. */
  readonly stack: Stack
}

/**
 * What the stores of processes apart report of themselves: each is asked where its own subgraph keeps it.
 * @throws ConfigError naming each variable that is missing
 */
export async function openAudited(parts: Parts): Promise<Audited> {
  return auditedOver(poolsIn(parts), parts)
}

/** The same, where the databases are open already. */
export async function auditedOver(pools: Stores, parts: Parts): Promise<Audited> {
  const config = parseConfig(auditConfig, parts.environment)
  const onPostgres = auditedIn(pools)
  const products = productsIn(config, parts)
  const cart = await cartIn(config, { ...parts, backup: pools.cart })
  const elsewhere = new Map<Publisher, OutboxFacts>()
  if (products !== undefined) elsewhere.set('products', products.outbox)
  if (cart !== undefined) elsewhere.set('cart', cart.outbox)
  return {
    ...onPostgres,
    products: products?.laws ?? onPostgres.products,
    cart: cart?.laws ?? onPostgres.cart,
    bus: (await busIn(config, parts)) ?? onPostgres.bus,
    outboxes: onPostgres.outboxes.map(([name, facts]) => [name, elsewhere.get(name) ?? facts]),
  }
}

function productsIn({ MONGODB_URL: url, MONGODB_TIMEOUT_MS: timeout }: AuditConfig, { log, stack }: Parts) {
  if (url === undefined) return undefined
  const stamp = { source: 'audit', clock: systemClock, newId: newUuid }
  const database = mongoDatabase({ url, name: 'souk_products', timeout, stamp, log })
  stack.onStop(database.close)
  return { laws: mongoProductsLaws(database), outbox: documentOutboxFacts(database, collections.products) }
}

async function cartIn(
  { REDIS_URL: url, REDIS_DEADLINE_MS: deadline }: AuditConfig,
  { log, stack, backup }: Parts & { readonly backup: Questions },
) {
  if (url === undefined) return undefined
  const redis = redisConnection({ url, deadline, log })
  stack.onStop(() => redis.close())
  // It queues nothing: what is asked before it is there fails.
  await redis.connected()
  return { laws: redisCartLaws({ redis, backup }), outbox: redisCartOutbox(redis) }
}

async function busIn({ NATS_URL: servers }: AuditConfig, { log, stack }: Parts): Promise<BusLaws | undefined> {
  if (servers === undefined) return undefined
  const laws = await openBusLaws({ servers, contracts: allContracts, newId: newUuid, log })
  stack.onStop(() => laws.close())
  return laws
}

/** A connection to each store's database. One that is in no use beside another store is not there, and is asked nothing. */
function poolsIn({ environment, stack }: Parts): Stores {
  const urls = databaseUrls(environment)
  const pools = storeNames.map((name) => {
    const pool = new pg.Pool({ connectionString: urls.get(name), max: 1 })
    stack.onStop(() => pool.end())
    return [name, pool] as const
  })
  // The names are all there by construction, which Object.fromEntries cannot say.
  return Object.fromEntries(pools) as Record<StoreName, pg.Pool>
}

const databaseOfOne = z.object({ DATABASE_URL: databaseOfItsOwn.DATABASE_URL.optional() })

function databaseUrls(environment: Environment): ReadonlyMap<StoreName, string | undefined> {
  const { MONGODB_URL, NATS_URL } = parseConfig(auditConfig, environment)
  const inPlaceOf: Partial<Record<StoreName, string | undefined>> = { products: MONGODB_URL, bus: NATS_URL }
  const urls = new Map(
    storeNames.map((name) => [name, parseConfig(databaseOfOne, environmentOf(name, environment)).DATABASE_URL]),
  )
  const missing = storeNames.filter((name) => urls.get(name) === undefined && inPlaceOf[name] === undefined)
  if (missing.length > 0) throw new ConfigError(missing.map(missingDatabase).join('; '))
  return urls
}

function missingDatabase(name: StoreName): string {
  const variable = `${name.toUpperCase()}_DATABASE_URL`
  if (name === 'bus') return `NATS_URL is missing: expected the bus, or its database in ${variable}`
  if (name === 'products')
    return `MONGODB_URL is missing: expected the store of products, or their database in ${variable}`
  return `${variable} is missing: expected the database of ${name}`
}
