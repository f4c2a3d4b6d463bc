import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { exportPKCS8, generateKeyPair } from 'jose'
import { expect, it } from 'vitest'

import { readConfig } from '../../embedded/config.ts'
import { silentProgress } from '../../embedded/console/progress.ts'
import { startSouk } from '../../embedded/souk.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { misbehavingServer } from '../support/misbehaving-server.ts'
import { seededDataDir } from '../support/seeded-data-dir.ts'

it('the gateway of the one process prepares the operations and forwards the headers that are named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'souk-test-'))
  await writeFile(join(folder, 'one.graphql'), 'query One { popularProducts { score } }')
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  const recommendations = await misbehavingServer()
  const dataDir = await seededDataDir()
  const config = readConfig({
    ...{ PORT: '0', HOST: '127.0.0.1', SOUK_DATA_DIR: dataDir, NODE_ENV: 'test' },
    SOUK_OPERATIONS: folder,
    FORWARD_HEADERS: 'Accept-Language',
    SUBGRAPH_URL_RECOMMENDATIONS: recommendations.url,
    PASSPORT_PRIVATE_KEY: await exportPKCS8(privateKey),
  })
  const { url, warm, stop } = await startSouk({ config, log: createLogger('silent'), progress: silentProgress })
  await warm()
  expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/operations_prepared_total 1$/m)
  recommendations.forget()
  await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'cy', 'x-other': 'stays' },
    body: JSON.stringify({ query: '{ popularProducts { score } }' }),
  })
  const asked = recommendations.arrived.map(({ request: { headers } }) => [
    headers['accept-language'],
    headers['x-other'],
  ])
  expect(asked).toEqual([['cy', undefined]])
  await stop()
  await recommendations.close()
  for (const own of [folder, dataDir]) await rm(own, { recursive: true })
})
