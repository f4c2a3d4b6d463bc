import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import { exportSPKI, generateKeyPair } from 'jose'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'

import { systemClock } from '../../platform/clock.ts'
import { passportOffice, type PassportOffice } from '../../platform/identity/passport.ts'
import { visitor } from '../../platform/identity/viewer.ts'
import { newUuid } from '../../platform/ids.ts'
import { headers, paths } from '../../platform/subgraph/http.ts'
import { freePort } from '../../scripts/servers/free-port.ts'
import { startPostgresServer, type PostgresServer } from '../../scripts/servers/postgres.ts'
import { temporaryDataDir } from '../support/data-dir.ts'
import { eventually } from '../support/shopping.ts'
import { launchSubgraph, type SubgraphProcess } from '../support/subgraph-process.ts'

let folder: string
let postgres: PostgresServer
let environment: Record<string, string>
let passports: PassportOffice
let running: SubgraphProcess[] = []

const startDatabase = async (port?: number) => {
  postgres = await startPostgresServer({ folder: join(folder, 'postgres'), durable: false, ...(port && { port }) })
}

beforeAll(async () => {
  folder = await temporaryDataDir()
  await startDatabase()
  const { privateKey, publicKey } = await generateKeyPair('EdDSA')
  passports = passportOffice({ privateKey, clock: systemClock })
  environment = {
    DATABASE_URL: await postgres.ensureDatabase('souk_inventory'),
    BUS_DATABASE_URL: await postgres.ensureDatabase('souk_bus'),
    PASSPORT_PUBLIC_KEY: await exportSPKI(publicKey),
  }
})

afterEach(async () => {
  for (const subgraph of running) subgraph.signal('SIGKILL')
  await Promise.all(running.map(({ ended }) => ended))
  running = []
})

afterAll(async () => {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
})

async function launch(more: Record<string, string> = {}, nodeOptions: string[] = []): Promise<SubgraphProcess> {
  const port = await freePort()
  const launched = launchSubgraph({ name: 'inventory', port, environment: { ...environment, ...more }, nodeOptions })
  running.push(launched)
  return launched
}

const untilReadiness = (subgraph: SubgraphProcess, status: number) =>
  eventually(subgraph.readiness, (answer) => answer?.status === status, { what: `readiness is ${status}` })

async function ask({ url }: SubgraphProcess): Promise<unknown> {
  const query = `{ _entities(representations: [{ __typename: "ProductVariant", id: "${newUuid()}" }]) {
    ... on ProductVariant { availability { quantity } }
  } }`
  const passport = await passports(visitor, 'inventory')
  const response = await fetch(url + paths.graphql, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [headers.passport]: passport },
    body: JSON.stringify({ query }),
  })
  return response.json()
}

const unknownVariant = { data: { _entities: [expect.anything()] } }

/** A transaction that nobody gets past who asks for stock. */
async function blockStock(): Promise<{ release(): Promise<void>; isWaitedFor(): Promise<boolean> }> {
  const pool = new pg.Pool({ connectionString: environment.DATABASE_URL, max: 2 })
  const client = await pool.connect()
  await client.query('begin; lock table stock in access exclusive mode')
  return {
    async isWaitedFor() {
      const { rowCount } = await pool.query(`select from pg_locks where relation = 'stock'::regclass and not granted`)
      return (rowCount ?? 0) > 0
    },
    async release() {
      await client.query('rollback')
      client.release()
      await pool.end()
    },
  }
}

it('starts while its database is away, says so, and answers when that has come', async () => {
  const { port } = postgres
  await postgres.stop()
  const subgraph = await launch()
  expect(await untilReadiness(subgraph, 503)).toMatchObject({ says: '{"status":"starting"}' })
  await eventually(
    async () => subgraph.output(),
    (log) => log.includes('cannot start yet'),
    { what: 'it says so' },
  )
  expect((await fetch(subgraph.url + paths.alive)).status).toBe(200)
  await startDatabase(port)
  await untilReadiness(subgraph, 200)
  expect(await ask(subgraph)).toMatchObject(unknownVariant)
})

it('says what it waits for while NATS is away, and ends all the same when it is asked to', async () => {
  const subgraph = await launch({ NATS_URL: `nats://inventory:secret-word@127.0.0.1:${await freePort()}` })
  expect(await untilReadiness(subgraph, 503)).toMatchObject({ says: '{"status":"starting"}' })
  await eventually(
    async () => subgraph.output(),
    (log) => log.includes('the bus cannot be reached yet'),
    { what: 'it says so' },
  )
  subgraph.signal('SIGTERM')
  expect(await subgraph.ended).toBe(0)
  expect(subgraph.output()).not.toContain('secret-word')
})

it('is not ready while its database is away later, and needs no restart', async () => {
  const subgraph = await launch()
  await untilReadiness(subgraph, 200)
  const { port } = postgres
  await postgres.kill()
  expect(await untilReadiness(subgraph, 503)).toMatchObject({ says: '{"status":"not ready"}' })
  await startDatabase(port)
  await untilReadiness(subgraph, 200)
  expect(await ask(subgraph)).toMatchObject(unknownVariant)
})

it('ends what is in hand when it is asked to stop', async () => {
  const subgraph = await launch()
  await untilReadiness(subgraph, 200)
  const blocked = await blockStock()
  const open = ask(subgraph)
  await eventually(blocked.isWaitedFor, Boolean, { what: 'the request waits for stock' })
  subgraph.signal('SIGTERM')
  await eventually(subgraph.readiness, (answer) => answer === undefined, { what: 'it takes no connection' })
  await blocked.release()
  expect(await open).toMatchObject(unknownVariant)
  expect(await subgraph.ended).toBe(0)
  expect(subgraph.output()).toContain('"msg":"stopped"')
})

it('ends at once when it is asked a second time', async () => {
  const subgraph = await launch()
  await untilReadiness(subgraph, 200)
  const blocked = await blockStock()
  const open = ask(subgraph)
  await eventually(blocked.isWaitedFor, Boolean, { what: 'the request waits for stock' })
  const cut = expect(open).rejects.toThrow()
  subgraph.signal('SIGTERM')
  // Signals within a second are one request: a supervisor may send several.
  const again = setInterval(() => subgraph.signal('SIGTERM'), 300)
  expect(await subgraph.ended).toBe(130)
  clearInterval(again)
  await cut
  await blocked.release()
})

it('stops while it still waits for its database', async () => {
  const subgraph = await launch({ DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/nowhere' })
  await untilReadiness(subgraph, 503)
  const asked = performance.now()
  subgraph.signal('SIGTERM')
  expect(await subgraph.ended).toBe(0)
  expect(performance.now() - asked).toBeLessThan(5_000)
})

it('ends with a line that says why at an error that nobody has handled', async () => {
  const later = `setTimeout(() => { throw new Error('nobody handles me') }, 3_000)`
  const subgraph = await launch({}, ['--import', `data:text/javascript,${encodeURIComponent(later)}`])
  expect(await subgraph.ended).toBe(1)
  const last: unknown = JSON.parse(subgraph.output().trim().split('\n').at(-1) ?? '')
  expect(last).toMatchObject({ level: 'fatal', err: { message: 'nobody handles me' } })
})

it.each([
  [{ DATABASE_URL: '' }, 'DATABASE_URL is missing: expected an address such as postgres://'],
  [{ BUS_DATABASE_URL: '' }, 'NATS_URL is missing: expected the address of NATS'],
  [{ PASSPORT_PUBLIC_KEY: 'no key' }, 'PASSPORT_PUBLIC_KEY is not valid'],
  [{ PASSPORT_PUBLIC_KEY: '', PASSPORT_PUBLIC_KEY_FILE: '/nowhere.pem' }, 'PASSPORT_PUBLIC_KEY_FILE is'],
])('does not start with %o', async (wrong, problem) => {
  const subgraph = await launch(wrong)
  expect(await subgraph.ended).toBe(1)
  expect(subgraph.output()).toContain(problem)
})
