/**
 * Compares products on MongoDB with products on PostgreSQL, at the store: `node scripts/run.js tests/load/products-stores.ts`. Both
 * keep on the same disk what they acknowledge. Prints, and judges nothing: where secantusdb stands in for MongoDB, it is the limit.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { databaseOf } from '../../embedded/composition/compose.ts'
import { connectionTo, ensureDatabases } from '../../embedded/postgres/databases.ts'
import { startPostgres } from '../../embedded/postgres/supervisor.ts'
import { systemClock } from '../../platform/clock.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { mongoServer } from '../../scripts/servers/mongodb.ts'
import { sortName } from '../../subgraphs/products/domain/product.ts'
import { mongoProductStores } from '../../subgraphs/products/stores/mongodb/stores.ts'
import { postgresProductStores } from '../../subgraphs/products/stores/postgres/stores.ts'
import type { ProductStores } from '../../subgraphs/products/stores/store.ts'
import { repriced, sketch, toSave, toys } from '../contracts/products-store-sketches.ts'
import { dropMongoDatabase, mongoDatabaseOn } from '../support/mongodb.ts'

const catalogue = 1_000
const atOnce = 10
const rounds = 40
/** The first run code that nobody has compiled yet. */
const warmUp = 10
const page = 12

const folder = await mkdtemp(join(tmpdir(), 'souk-bench-'))
// PostgreSQL's user, another than ours when we are root, must get through.
await chmod(folder, 0o711)
const log = createLogger('error')
const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), log, durable: true })
await ensureDatabases(postgres.socketDir, ['products'])
const mongo = await mongoServer({ folder: join(folder, 'mongodb') })

const connection = connectionTo(postgres.socketDir, 'products')
const sql = databaseOf({ name: 'products', connection, clock: systemClock, log })
await compare('PostgreSQL', postgresProductStores(sql))
const documents = mongoDatabaseOn(mongo.url)
await compare(`MongoDB (${mongo.name})`, mongoProductStores(documents))

await dropMongoDatabase(documents)
await sql.close()
await mongo.stop()
await postgres.stop()
await rm(folder, { recursive: true })

async function compare(name: string, { storage, products: store }: ProductStores): Promise<void> {
  await storage.open()
  await store.saveCategories([toys])
  const kept = Array.from({ length: catalogue }, (_none, at) => sketch({ name: `Thing ${at}`, prices: [at + 1] }))
  const begun = performance.now()
  await store.insertMany(kept.map(toSave))
  print(name, `${catalogue} products at once`, `${(performance.now() - begun).toFixed(0)} ms`)

  const idsFrom = (at: number) =>
    kept.slice(at % (catalogue - page), (at % (catalogue - page)) + page).map(({ id }) => id)
  const [first = sketch()] = kept
  print(name, `${page} by ids`, shown(await timesOf((at) => store.byIds(idsFrom(at)))))
  const after = { name: sortName(first.name), id: first.id }
  print(
    name,
    `a page of ${page} by name`,
    shown(await timesOf(() => store.page({ criteria: {}, sorting: { by: 'NAME', after }, first: page }))),
  )
  const save = async (at: number) => {
    const product = kept[at]
    if (product === undefined) throw new Error('there are as many products as calls')
    const next = repriced(product, product.variants[0].price.amount + catalogue)
    if ((await store.save(toSave(next), product.version)) !== 'SAVED') throw new Error('nobody else changes it')
  }
  print(name, 'a save', shown(await timesOf(save)))
}

/** Milliseconds of each call, `atOnce` at a time. @param call is given another number each time */
async function timesOf(call: (at: number) => Promise<unknown>): Promise<number[]> {
  const callers = Array.from({ length: atOnce }, async (_none, caller) => {
    const times: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const begun = performance.now()
      await call(caller * rounds + round)
      if (round >= warmUp) times.push(performance.now() - begun)
    }
    return times
  })
  return (await Promise.all(callers)).flat()
}

function print(store: string, what: string, figure: string): void {
  process.stdout.write(`products on ${store}, ${what}: ${figure}\n`)
}

function shown(times: readonly number[]): string {
  const sorted = times.toSorted((left, right) => left - right)
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms, of ${times.length}, ${atOnce} at a time`
}
