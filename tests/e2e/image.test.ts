import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { listedSubgraphs } from '../../embedded/composition/names.ts'
import { layOut, type Layout } from '../../scripts/image/lay-out.ts'
import { freePort } from '../../scripts/servers/free-port.ts'
import { startPostgresServer, type PostgresServer } from '../../scripts/servers/postgres.ts'
import { startServer, type ServerProcess } from '../../scripts/servers/server-process.ts'

const root = join(import.meta.dirname, '..', '..')
const minutes = 60_000
const reason = 'it installs all packages anew: CI=true npm test -- tests/e2e/image.test.ts'
const isSkipped = process.env.CI === undefined

/** As the image's user, where we may be it: the files are root's there, too. */
const asUser = process.getuid?.() === 0 ? ['setpriv', '--reuid=10001', '--regid=10001', '--clear-groups', '--'] : []

let layout: Layout
let folder: string
let postgres: PostgresServer
const running: ServerProcess[] = []
const environment: Record<string, string> = { HOST: '127.0.0.1', NODE_ENV: 'test', LOG_LEVEL: 'warn' }

beforeAll(async () => {
  if (isSkipped) return
  folder = await mkdtemp(join(tmpdir(), 'souk-image-'))
  await chmod(folder, 0o755)
  layout = await layOut({ root, folder, log: () => undefined })
  postgres = await startPostgresServer({ folder: join(folder, 'postgres'), durable: false })
  for (const name of [...listedSubgraphs(), 'bus'])
    environment[`${name.toUpperCase()}_DATABASE_URL`] = await postgres.ensureDatabase(name)
  const keys = generateKeyPairSync('ed25519')
  environment.PASSPORT_PUBLIC_KEY = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  environment.PASSPORT_PRIVATE_KEY = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}, 20 * minutes)

afterAll(async () => {
  for (const server of running.toReversed()) await server.stop()
  if (isSkipped) return
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
})

/** The words of a command line that runs a program as a container of the image does. */
function commandOf(program: string): [string, ...string[]] {
  const [command, ...args] = [...asUser, ...layout.entrypoint, program]
  return [command, ...args]
}

async function start(program: string, own: Record<string, string> = {}): Promise<string> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const [command, ...args] = commandOf(program)
  const server = await startServer({
    name: program,
    command,
    args,
    folder: layout.folder,
    environment: { ...layout.environment, ...environment, ...own, PORT: String(port) },
    isReady: async () => (await fetch(`${url}/healthz`)).ok,
  })
  running.push(server)
  return url
}

describe('the image', () => {
  it('holds neither tests nor what is needed to develop', async (context) => {
    if (isSkipped) context.skip(reason)
    const files = await readdir(layout.folder, { recursive: true })
    expect(files.filter((file) => file.endsWith('.test.ts') && !file.startsWith('node_modules'))).toEqual([])
    expect(files).toEqual(expect.arrayContaining(['deploy/compose/make-ready.ts', 'deploy/nats/users.ts']))
    expect(
      ['vitest', 'vite', 'typescript'].filter((name) => existsSync(join(layout.folder, 'node_modules', name))),
    ).toEqual([])
  })

  it('fills a shop, runs a subgraph and the gateway, and answers', { timeout: 3 * minutes }, async (context) => {
    if (isSkipped) context.skip(reason)
    const [command, ...args] = commandOf('distributed/seed.ts')
    await promisify(execFile)(command, args, {
      cwd: layout.folder,
      env: { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, ...environment },
    })
    const products = await start('subgraphs/products/main.ts', {
      DATABASE_URL: environment.PRODUCTS_DATABASE_URL ?? '',
    })
    const gateway = await start('gateway/main.ts', { SUBGRAPH_URL_PRODUCTS: `${products}/graphql` })
    await expect.poll(async () => (await fetch(`${products}/readyz`)).status, { timeout: minutes }).toBe(200)

    const response = await fetch(`${gateway}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ products(first: 1) { totalCount } }' }),
    })
    expect(await response.json()).toEqual({ data: { products: { totalCount: 2_989 } } })
  })
})
