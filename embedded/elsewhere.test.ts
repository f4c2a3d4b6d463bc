import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { assertProductsThere, noteProductsOnMongodb, productsOnMongodb } from './elsewhere.ts'

const url = 'mongodb://souk:secret-word@mongo.internal:27017/souk?tls=true'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'souk-test-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

it('products lie in PostgreSQL until they have moved, and may be on any MongoDB before', async () => {
  expect(await productsOnMongodb(dataDir)).toBeUndefined()
  await expect(assertProductsThere(dataDir)).resolves.toBeUndefined()
  await expect(assertProductsThere(dataDir, url)).resolves.toBeUndefined()
})

it('products that have moved run there alone, and no password is kept', async () => {
  await noteProductsOnMongodb(dataDir, url)
  expect(await productsOnMongodb(dataDir)).toBe('mongo.internal:27017/souk')
  await expect(assertProductsThere(dataDir, 'mongodb://other:word@mongo.internal:27017/souk')).resolves.toBeUndefined()
  await expect(assertProductsThere(dataDir)).rejects.toMatchObject({
    message: `The products of ${dataDir} have moved to the MongoDB at mongo.internal:27017/souk.`,
    cure: expect.stringContaining('Run npm run extract -- products with that MONGODB_URL'),
  })
  await expect(assertProductsThere(dataDir, 'mongodb://other.internal:27017/souk')).rejects.toMatchObject({
    message: expect.stringContaining('and MONGODB_URL names other.internal:27017/souk.'),
  })
})
