/**
 * Compares carts on Redis with carts on PostgreSQL, at the subgraph: `npm run bench:stores`. Both keep on the
 * same disk what they acknowledge. Prints, and judges nothing but the target: a busy machine is no fault of the code.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPair } from 'jose'

import { compose, givenOn, type Settings } from '../../embedded/composition/compose.ts'
import { subgraphsConfig } from '../../embedded/composition/config.ts'
import { connectionTo, ensureDatabases } from '../../embedded/postgres/databases.ts'
import { startPostgres } from '../../embedded/postgres/supervisor.ts'
import { stockState } from '../../contracts/inventory.ts'
import { productState } from '../../contracts/products.ts'
import { postgresBus } from '../../platform/bus/postgres/bus.ts'
import { systemClock } from '../../platform/clock.ts'
import { passportOffice } from '../../platform/identity/passport.ts'
import { newUuid } from '../../platform/ids.ts'
import { outgoing } from '../../platform/messaging/message.ts'
import { stampMessages } from '../../platform/messaging/outbox.ts'
import { redisConnection } from '../../platform/redis/connection.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { startRedis } from '../../scripts/servers/redis.ts'
import { redisCartStores } from '../../subgraphs/cart/stores/redis/stores.ts'
import type { CartStores } from '../../subgraphs/cart/stores/store.ts'
import { productMessage, stockMessage } from '../support/messages.ts'

/** Milliseconds: what 95 of 100 writes on Redis are to stay under. */
const target = 10
const shoppers = 10
const rounds = 99
/** The first run code that nobody has compiled yet. */
const warmUp = 20

const write = `mutation ($input: AddCartItemInput!) { addCartItem(input: $input) { __typename ... on Cart { version } } }`
const read = `{ cart { version subtotal { amount } lines { quantity variant { id name } } } }`

const folder = await mkdtemp(join(tmpdir(), 'souk-bench-'))
// PostgreSQL's user, another than ours when we are root, must get through.
await chmod(folder, 0o711)
const log = createLogger('error')
const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), log, durable: true })
const redisServer = await startRedis({ folder: join(folder, 'redis') })
const databases = ['bus', 'cart_postgres', 'cart_redis']
await ensureDatabases(postgres.socketDir, databases)
const bus = await postgresBus({ connection: connectionTo(postgres.socketDir, 'bus'), newId: newUuid, log })
const { privateKey, publicKey } = await generateKeyPair('EdDSA')
const passports = passportOffice({ privateKey, clock: systemClock })
const variantId = newUuid()

await publish()
const onPostgres = await measured('PostgreSQL', 'cart_postgres', () => undefined)
const onRedis = await measured('Redis', 'cart_redis', (backup) => {
  const redis = redisConnection({ url: redisServer.url, log })
  return redisCartStores({ redis, backup, stamp: { source: 'cart', clock: systemClock, newId: newUuid } })
})
const met = onRedis < target
process.stdout.write(
  `${met ? 'met   ' : 'MISSED'}  p95 of a write: ${onRedis.toFixed(1)} ms on Redis (target ${target}), ${onPostgres.toFixed(1)} ms on PostgreSQL\n`,
)
if (!met) process.exitCode = 1

await bus.stop()
await redisServer.stop()
await postgres.stop()
await rm(folder, { recursive: true })

/** @returns the p95 of a write, in milliseconds */
async function measured(
  name: string,
  database: string,
  storesOn: (backup: ReturnType<typeof givenOn>['database']) => CartStores | undefined,
): Promise<number> {
  const connection = connectionTo(postgres.socketDir, database)
  const given = givenOn({ name: 'cart', connection, bus, passportKey: publicKey, clock: systemClock, log })
  const stores = storesOn(given.database)
  const nothing = () => Promise.resolve()
  const settings: Settings = { config: subgraphsConfig.parse({}), deliver: nothing, announceEnded: nothing }
  const subgraph = compose.cart(given, { ...settings, ...(stores !== undefined && { stores: { cart: stores } }) })
  await subgraph.start()
  await subgraph.settled()
  const people = Array.from({ length: shoppers }, () => ({ kind: 'user' as const, id: newUuid(), roles: [] }))

  async function timesOf(query: string, variables: (round: number) => Record<string, unknown>): Promise<number[]> {
    const times = people.map(async (viewer) => {
      const passport = await passports(viewer, 'cart')
      const own: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        const begun = performance.now()
        const { errors } = await subgraph.execute({ query, variables: variables(round), passport })
        if (errors !== undefined) throw new Error(JSON.stringify(errors))
        if (round >= warmUp) own.push(performance.now() - begun)
      }
      return own
    })
    return (await Promise.all(times)).flat()
  }

  // A line holds 99 at the most; after that it is a refusal, which is not a write.
  const writes = await timesOf(write, () => ({ input: { variantId, quantity: 1 } }))
  const reads = await timesOf(read, () => ({}))
  process.stdout.write(`carts on ${name}, ${shoppers} at a time: write ${shown(writes)}; read ${shown(reads)}\n`)
  await subgraph.stop()
  if (stores === undefined) await given.database.close()
  else await stores.storage.close()
  return quantile(writes, 0.95)
}

async function publish(): Promise<void> {
  const product = outgoing(productState, productMessage({ variants: [{ variantId }] }))
  const stock = outgoing(stockState, stockMessage({ variantId, available: 1_000 }))
  const stamped = stampMessages([product, stock], { source: 'bench', clock: systemClock, newId: newUuid })
  await bus.publish(
    'state',
    stamped.map(({ message }) => message),
  )
}

function shown(times: readonly number[]): string {
  return `median ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms, of ${times.length}`
}

/** The value that this share of the measurements does not exceed. */
function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
