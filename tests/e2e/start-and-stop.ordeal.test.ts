import { readFile, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { demoAccounts } from '../../demo/accounts.ts'
import { postgresHome } from '../../embedded/postgres/data-folder/data-folder.ts'
import { waitForEnd } from '../../embedded/postgres/running-process.ts'
import { createClient, eventually } from '../support/shopping.ts'
import { signIn } from '../support/shopper.ts'
import { killSouk, launchSouk, startSoukProcess, stopSouk, type SoukProcess } from '../support/souk-process.ts'
import { temporaryDataDir } from '../support/data-dir.ts'

// One folder and the life of one shop: each test goes on where the one before it has left it.
let dataDir: string
let souk: SoukProcess | undefined

beforeAll(async () => {
  dataDir = await temporaryDataDir()
})
afterAll(async () => {
  if (souk?.child.exitCode === null) await killSouk(souk)
  await rm(dataDir, { recursive: true, force: true })
})

async function postgresPid(): Promise<number> {
  const pidFile = await readFile(join(await postgresHome(dataDir), 'postgres', 'postmaster.pid'), 'utf8')
  return Number(pidFile.split('\n', 1)[0])
}

async function running(): Promise<SoukProcess> {
  souk ??= await startSoukProcess(dataDir)
  return souk
}

/** A request that Souk has begun to read, and whose end is up to the caller. */
async function openRequest(url: string): Promise<{ finish(): unknown; status: Promise<string | undefined> }> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()
  const [body, half] = [JSON.stringify({ query: '{ categories { slug } }' }), 10]
  socket.write(
    [
      'POST /graphql HTTP/1.1',
      `host: ${hostname}`,
      'content-type: application/json',
      `content-length: ${body.length}`,
      // It answers this when it has read the head.
      'expect: 100-continue',
      '\r\n',
    ].join('\r\n'),
  )
  socket.write(body.slice(0, half))
  const { value: first } = await lines.next()
  if (first !== 'HTTP/1.1 100 Continue') throw new Error(`expected 100 Continue, got ${first}`)
  await lines.next()
  return { finish: () => socket.write(body.slice(half)), status: lines.next().then(({ value }) => value) }
}

it('SIGTERM while it is being seeded ends it with 130, and PostgreSQL with it', async () => {
  const launched = launchSouk({ environment: { SOUK_DATA_DIR: dataDir } })
  await launched.printed(/Seeding 2,989 products/)
  const pid = await postgresPid()
  launched.child.kill('SIGTERM')

  expect(await launched.ended).toEqual({ code: 130, signal: null })
  expect(launched.output()).toMatch(/Seeding [^\n]*\nStopping; once more Ctrl-C ends at once\.\n$/)
  expect(launched.errors()).toBe('')
  expect(await waitForEnd(pid, 0)).toBe(true)
  expect(await readdir(dataDir)).not.toContain('souk.lock')
})

it('after kill -9 in the middle of the seed, the next start completes it', { timeout: 180_000 }, async () => {
  const launched = launchSouk({ environment: { SOUK_DATA_DIR: dataDir } })
  await launched.printed(/Seeding 2,989 products/)
  await killSouk(launched)

  const { url } = await running()
  const { data } = await createClient(url).run('WebBrowse', { first: 1 })
  expect(data.products.totalCount).toBe(2_989)
  const shopper = await signIn(url, demoAccounts[0])
  const history = await shopper.send('{ me { orders(first: 1) { totalCount } } }')
  expect(history.data.me.orders.totalCount).toBe(7)
})

it('the seed has sent no mail', async () => {
  await running()
  expect(await readdir(dataDir)).not.toContain('mail')
})

it('a second Souk on its folder is refused', async () => {
  const { child } = await running()
  const second = launchSouk({ environment: { SOUK_DATA_DIR: dataDir } })

  expect((await second.ended).code).toBe(1)
  expect(second.errors()).toBe(
    `Souk cannot start: Another Souk (process ${child.pid}) is running on the data folder ${dataDir}. ` +
      'Stop it first, or give this one a folder of its own by SOUK_DATA_DIR.\n',
  )
})

it('Ctrl-C lets open requests end, takes no new one, and ends with 0', async () => {
  const { url, child, printed, ended } = await running()
  const pid = await postgresPid()
  const request = await openRequest(url)
  child.kill('SIGINT')
  await printed(/Stopping; once more Ctrl-C ends at once\./)

  const refused = await eventually(
    () =>
      fetch(`${url}/healthz`).then(
        ({ status }) => status,
        () => 'refused',
      ),
    (answer) => answer !== 200,
    { what: 'no new request is taken' },
  )
  expect(['refused', 503]).toContain(refused)
  const finished = performance.now()
  request.finish()
  expect(await request.status).toBe('HTTP/1.1 200 OK')
  expect(await ended).toEqual({ code: 0, signal: null })
  // It waits up to 10 s for requests, but not for a connection that has none.
  expect(performance.now() - finished).toBeLessThan(8_000)
  expect(await waitForEnd(pid, 0)).toBe(true)
  expect(await readdir(dataDir)).not.toContain('souk.lock')
  souk = undefined
})

it('a second Ctrl-C ends it at once, if it is not the first one passed on', async () => {
  const { url, child, printed, ended } = await running()
  const pid = await postgresPid()
  // Something to wait for.
  await openRequest(url)
  child.kill('SIGINT')
  await printed(/Stopping/)
  child.kill('SIGINT')
  await eventually(
    async () => child.kill('SIGINT') && child.exitCode,
    (code) => code !== null,
    { what: 'Souk has ended' },
  )

  expect(await ended).toEqual({ code: 130, signal: null })
  expect(await waitForEnd(pid, 5_000)).toBe(true)
  souk = undefined
})

it('ends with 1 and a line when PostgreSQL dies under it, and the next start recovers', async () => {
  const { ended, errors } = await running()
  process.kill(await postgresPid(), 'SIGKILL')

  expect(await ended).toEqual({ code: 1, signal: null })
  expect(errors()).toContain(
    'Souk cannot go on: PostgreSQL ended by itself (SIGKILL). Start again, which mends what was cut off; ' +
      `its own words are in ${join(dataDir, 'postgres.log')}.\n`,
  )
  souk = undefined
  expect(await stopSouk(await running())).toBe(0)
})
