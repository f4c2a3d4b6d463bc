import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { openAudited } from '../../distributed/audited.ts'
import { cartsOnRedis, noteProductsOnMongodb } from '../../embedded/elsewhere.ts'
import { noteSeeded } from '../../embedded/seeded.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { Stack } from '../../platform/work/stack.ts'
import { noteStores } from '../distributed/noted.ts'
import { freePort } from '../servers/free-port.ts'
import { auditDistributed } from './distributed.ts'
import { auditFolder } from './folder.ts'
import { readAuditSettings } from './settings.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-test-'))
})
afterEach(() => rm(folder, { recursive: true }))

const refusal = (message: string, cure: string) => ({
  name: 'StartError',
  message: expect.stringContaining(message) as string,
  cure: expect.stringContaining(cure) as string,
})

it('a word that is not understood is refused with what is', () => {
  expect(readAuditSettings([])).toEqual({ distributed: false })
  expect(readAuditSettings(['--distributed'])).toEqual({ distributed: true })
  expect(() => readAuditSettings(['--nonsense'])).toThrow('--nonsense is not understood.')
})

it('a folder without a shop is refused', async () => {
  await expect(auditFolder(folder, {})).rejects.toMatchObject(refusal('There is no shop', 'Run `npm start` first'))
  await expect(auditDistributed(folder)).rejects.toMatchObject(refusal('Nothing has run', 'npm run distributed'))
})

it('what PostgreSQL has left of products and carts is not taken for them', async () => {
  await noteSeeded(folder, { at: new Date().toISOString(), demoAccounts: true })
  await mkdir(cartsOnRedis(folder))
  await expect(auditFolder(folder, {})).rejects.toMatchObject(refusal('are on the Redis', 'Set REDIS_URL'))
  await noteProductsOnMongodb(folder, 'mongodb://m1:27017')
  await expect(auditFolder(folder, { MONGODB_URL: '' })).rejects.toMatchObject(
    refusal('at m1:27017', 'Set MONGODB_URL'),
  )
  const other = auditFolder(folder, { MONGODB_URL: 'mongodb://m2:27017' })
  await expect(other).rejects.toMatchObject(refusal('names m2:27017', 'Set MONGODB_URL'))
})

it('stores that do not run are refused with what starts them', async () => {
  await noteStores(folder, { ORDERS_DATABASE_URL: `postgres://souk@127.0.0.1:${await freePort()}/souk_orders` })
  await expect(auditDistributed(folder)).rejects.toMatchObject(refusal('are not running', 'npm run distributed'))
})

it('each variable that the audit of processes apart is not told is named', async () => {
  const stack = new Stack()
  const opened = openAudited({ environment: { REDIS_URL: '' }, log: createLogger('silent'), stack })
  await expect(opened).rejects.toMatchObject({
    name: 'ConfigError',
    message: expect.stringMatching(
      /^MONGODB_URL is missing: .*; CART_DATABASE_URL is missing: .*; NATS_URL is missing: /,
    ),
  })
  await stack.stop()
})
