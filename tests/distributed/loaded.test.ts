import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import { exportPKCS8, exportSPKI, generateKeyPair } from 'jose'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'

import { systemClock } from '../../platform/clock.ts'
import { issueErrand } from '../../platform/identity/errand.ts'
import { passportOffice, type PassportOffice } from '../../platform/identity/passport.ts'
import { newUuid } from '../../platform/ids.ts'
import { headers, paths } from '../../platform/subgraph/http.ts'
import { readSubgraphList } from '../../platform/subgraph/list.ts'
import { freePort } from '../../scripts/servers/free-port.ts'
import { startPostgresServer, type PostgresServer } from '../../scripts/servers/postgres.ts'
import { temporaryDataDir } from '../support/data-dir.ts'
import { inspect, inspectable, type Inspected } from '../support/inspected.ts'
import { seededDataDir } from '../support/seeded-data-dir.ts'
import { eventually } from '../support/shopping.ts'
import { launchSouk, stopSouk } from '../support/souk-process.ts'
import { launchSubgraph, type SubgraphProcess } from '../support/subgraph-process.ts'

const root = join(import.meta.dirname, '..', '..')

let folder: string
let postgres: PostgresServer
let environment: Record<string, string>
let passports: PassportOffice
let running: SubgraphProcess[] = []

beforeAll(async () => {
  folder = await temporaryDataDir()
  postgres = await startPostgresServer({ folder: join(folder, 'postgres'), durable: false })
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
  passports = passportOffice({ privateKey, clock: systemClock })
  environment = {
    BUS_DATABASE_URL: await postgres.ensureDatabase('souk_bus'),
    PASSPORT_PUBLIC_KEY: await exportSPKI(publicKey),
    PASSPORT_PRIVATE_KEY: await exportPKCS8(privateKey),
    PROPOSAL_SECRET: 'a secret of the tests, 32 characters at least',
    // Nobody listens there, and nobody is asked: it greets by itself.
    GRAPH_URL: 'http://127.0.0.1:1/graphql',
    MAIL_FOLDER: join(folder, 'mail'),
  }
})

afterEach(async () => {
  for (const one of running) one.signal('SIGTERM')
  await Promise.all(running.map(({ ended }) => ended))
  running = []
})

afterAll(async () => {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Started {
  readonly process: SubgraphProcess
  readonly inspected: Inspected
  /** Milliseconds from its launch until it could answer. */
  readonly startUp: number
}

/** Resolves when it can answer. */
async function started(name: string): Promise<Started> {
  const own = { DATABASE_URL: await postgres.ensureDatabase(`souk_${name}`) }
  const program = name === 'gateway' ? 'gateway/main.ts' : `subgraphs/${name}/main.ts`
  const begun = performance.now()
  const launched = launchSubgraph({
    ...{ name, program, port: await freePort(), nodeOptions: [inspectable] },
    environment: { ...environment, ...own },
  })
  running.push(launched)
  const inspected = await inspect(launched.output)
  const answers = (status: number | undefined) => status === 200 || (name === 'gateway' && status !== undefined)
  await eventually(launched.readiness, (answer) => answers(answer?.status), {
    what: `${name} is ready`,
    within: 60_000,
  })
  return { process: launched, inspected, startUp: performance.now() - begun }
}

const ofLangChain = (urls: readonly string[]) =>
  urls.filter((url) => /\/node_modules\/(@langchain|langchain|langsmith|openai|ollama)\//.test(url))
const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`
const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`

const others = readSubgraphList(root)
  .map(({ name }) => name)
  .filter((name) => name !== 'recommendations')

it.each([...others, 'gateway'])('%s loads nothing of LangChain', async (name) => {
  const { inspected, startUp } = await started(name)
  const { heap, resident } = await inspected.memory()
  const loaded = inspected.loaded()
  inspected.close()
  process.stdout.write(
    `${name}: ${megabytes(heap)} of objects, ${megabytes(resident)} in all, started in ${seconds(startUp)}\n`,
  )
  // What it is looked for among is there.
  expect(loaded.some((url) => url.endsWith('/node_modules/graphql/index.js'))).toBe(true)
  expect(ofLangChain(loaded)).toEqual([])
})

it('the shop in one process loads nothing of it to start', async () => {
  const dataDir = await seededDataDir()
  const begun = performance.now()
  const souk = launchSouk({ environment: { SOUK_DATA_DIR: dataDir }, nodeOptions: [inspectable] })
  await souk.printed(/Souk is ready at/)
  const startUp = performance.now() - begun
  const inspected = await inspect(souk.errors)
  const { heap, resident } = await inspected.memory()
  const loaded = inspected.loaded()
  inspected.close()
  await stopSouk(souk)
  await rm(dataDir, { recursive: true, force: true })
  process.stdout.write(
    `npm start: ${megabytes(heap)} of objects, ${megabytes(resident)} in all, started in ${seconds(startUp)}\n`,
  )
  expect(loaded.some((url) => url.endsWith('/subgraphs/recommendations/assistant/assistant.ts'))).toBe(true)
  expect(ofLangChain(loaded)).toEqual([])
})

async function ask({ url }: SubgraphProcess): Promise<{ message: string; milliseconds: number }> {
  const viewer = { kind: 'guest', id: newUuid() } as const
  const query = 'mutation { askAssistant(input: { message: "hello" }) { ... on AssistantReply { message } } }'
  const from = performance.now()
  const response = await fetch(url + paths.graphql, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [headers.passport]: await passports(viewer, 'recommendations'),
      [headers.errand]: await issueErrand(passports, viewer),
    },
    body: JSON.stringify({ query }),
  })
  const { data } = (await response.json()) as { data: { askAssistant: { message: string } } }
  return { message: data.askAssistant.message, milliseconds: performance.now() - from }
}

it('recommendations loads it when somebody asks the assistant for the first time', async () => {
  const { process: subgraph, inspected, startUp } = await started('recommendations')
  const before = await inspected.memory()
  expect(ofLangChain(inspected.loaded())).toEqual([])
  const first = await ask(subgraph)
  const second = await ask(subgraph)
  expect(first.message).not.toBe('')
  const after = await inspected.memory()
  const loaded = ofLangChain(inspected.loaded())
  inspected.close()
  expect(loaded.length).toBeGreaterThan(0)
  process.stdout.write(
    `recommendations: started in ${seconds(startUp)}, ${megabytes(before.heap)} of objects and ${megabytes(before.resident)} in all; after the first question ` +
      `${megabytes(after.heap)} and ${megabytes(after.resident)}, ${loaded.length} modules of LangChain; that took ` +
      `${first.milliseconds.toFixed(0)} ms, the second ${second.milliseconds.toFixed(0)} ms\n`,
  )
})
