import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'

import { launchGateway, type GatewayProcess } from '../gateway/gateway-process.ts'
import { catalogueSdl, catalogueSubgraph, composed, type SmallSubgraph } from '../gateway/small-graph.ts'
import { browserConfig } from './config.ts'
import { openOfflineBrowser, type OfflineBrowser } from './offline-browser.ts'

const { chromium } = browserConfig()
const isMissing = !existsSync(chromium)

const run = promisify(execFile)
const builder = fileURLToPath(new URL('../../scripts/build-graphiql.js', import.meta.url))

let folder: string
let catalogue: SmallSubgraph
let gateway: GatewayProcess
let browser: OfflineBrowser

beforeAll(async () => {
  if (isMissing) return
  await run(process.execPath, [builder])
  folder = await mkdtemp(join(tmpdir(), 'souk-foreign-'))
  catalogue = await catalogueSubgraph()
  const file = join(folder, 'supergraph.graphql')
  await writeFile(file, composed([{ name: 'catalogue', url: catalogue.url, sdl: catalogueSdl }]))
  gateway = launchGateway(['--supergraph', file])
  browser = await openOfflineBrowser({ executablePath: chromium, origin: new URL(await gateway.url).origin })
})

afterAll(async () => {
  if (isMissing) return
  await browser.close()
  gateway.signal('SIGTERM')
  await gateway.ended
  await catalogue.close()
  await rm(folder, { recursive: true })
})

beforeEach((context) => context.skip(isMissing, `there is no ${chromium}`))

it('GraphiQL on a graph of somebody else opens without the shop’s examples and accounts', async () => {
  const { page, errors } = browser
  await page.goto(`${await gateway.url}/graphiql/`)
  await page.getByRole('tab').first().waitFor()
  expect(await page.getByRole('tab').allInnerTexts()).not.toContain('Browse')
  expect(await page.getByRole('button', { name: 'Open an example' }).count()).toBe(0)
  expect(await page.getByRole('group', { name: 'Browse as' }).count()).toBe(0)
  expect(catalogue.arrived.filter(({ query }) => query.includes('SomethingToBuy'))).toEqual([])
  expect(errors).toEqual([])
})
