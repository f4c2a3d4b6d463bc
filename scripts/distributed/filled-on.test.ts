import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { assertFilledOn, noteFilledOn, storesUsed } from './filled-on.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-test-'))
})
afterEach(() => rm(folder, { recursive: true }))

const onPostgres = storesUsed({ kind: 'postgres', given: {} })
const onOwn = storesUsed({ kind: 'each its own', given: {} })
const onMongo = (MONGODB_URL: string) => storesUsed({ kind: 'each its own', given: { MONGODB_URL } })
const cluster = onMongo('mongodb://souk:secret-word@m1:27017,m2:27017/souk')

it.each([
  ['one of which nothing is noted', undefined, onPostgres],
  ['the same', onOwn, onOwn],
  ['PostgreSQL alone again', onPostgres, onPostgres],
  ['the same cluster by another of its hosts', cluster, onMongo('mongodb://other:word@m2:27017/souk?tls=true')],
])('a folder starts on %s', async (_which, filled, used) => {
  if (filled !== undefined) await noteFilledOn(folder, filled)
  await expect(assertFilledOn(folder, used)).resolves.toBeUndefined()
})

const alone = 'PostgreSQL alone (`-- --postgres`)'
const eachItsOwn = 'PostgreSQL, its own NATS, its own Redis, its own MongoDB'
const withMongo = (place: string) => `PostgreSQL, its own NATS, its own Redis, MongoDB at ${place} (MONGODB_URL)`

it.each([
  [onOwn, onPostgres, [eachItsOwn, alone]],
  [onPostgres, onOwn, [alone, eachItsOwn]],
  [onOwn, cluster, [eachItsOwn, withMongo('m1:27017,m2:27017/souk')]],
  [cluster, onOwn, [withMongo('m1:27017,m2:27017/souk'), eachItsOwn]],
  [cluster, onMongo('mongodb://m1:27017/other'), [withMongo('m1:27017,m2:27017/souk'), withMongo('m1:27017/other')]],
])('a shop that was filled on %j is refused on %j, by both names', async (filled, used, [before, after]) => {
  await noteFilledOn(folder, filled)
  await expect(assertFilledOn(folder, used)).rejects.toMatchObject({
    message: `The shop in ${folder} is filled on ${before}, and would start on ${after}.`,
    cure: expect.stringContaining('name another SOUK_DISTRIBUTED_DIR'),
  })
})

it('what it was filled on first stays noted', async () => {
  await noteFilledOn(folder, onOwn)
  await noteFilledOn(folder, onPostgres)
  await expect(assertFilledOn(folder, onOwn)).resolves.toBeUndefined()
})

it('a note that is not whole is refused, not guessed', async () => {
  await writeFile(join(folder, 'filled-on.json'), '')
  await expect(assertFilledOn(folder, onOwn)).rejects.toMatchObject({ cure: expect.stringContaining('Remove it') })
})
