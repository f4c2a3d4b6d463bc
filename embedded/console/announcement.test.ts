import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { announcement } from './announcement.ts'
import { readConfig } from '../config.ts'
import { noteSeeded } from '../seeded.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-announcement-'))
})
afterEach(() => rm(folder, { recursive: true }))

const url = 'http://localhost:4000'
const ready = `Souk is ready at ${url}/graphql`
const at = '2026-01-01T00:00:00.000Z'

function announced(
  environment: Record<string, string>,
  { isBuilt = true, isTraining = false } = {},
): Promise<string[]> {
  return announcement({ url, isTraining }, readConfig({ SOUK_DATA_DIR: folder, ...environment }), { isBuilt })
}

it('names GraphiQL and the demo accounts, and last that Souk is ready', async () => {
  await noteSeeded(folder, { at, demoAccounts: true })
  expect(await announced({})).toEqual([
    `  GraphiQL      ${url}/graphiql`,
    '  Demo shopper  shopper@souk.test / souk-demo-shopper',
    '  Demo staff    staff@souk.test / souk-demo-staff',
    ready,
  ])
})

it('names no account that was never made', async () => {
  await noteSeeded(folder, { at, demoAccounts: false })
  expect(await announced({})).toEqual([`  GraphiQL      ${url}/graphiql`, ready])
})

it('says so when GraphiQL is not there yet', async () => {
  await noteSeeded(folder, { at, demoAccounts: false })
  expect((await announced({}, { isBuilt: false }))[0]).toBe(
    `  GraphiQL      ${url}/graphiql (being built; the page comes by itself)`,
  )
})

it('says so while recommendations have never been trained', async () => {
  await noteSeeded(folder, { at, demoAccounts: false })
  expect((await announced({}, { isTraining: true })).slice(1)).toEqual([
    '  Recommendations are trained for the first time, beside the shop; simpler ones are shown until then.',
    ready,
  ])
})

it('says in production only that it is ready', async () => {
  await noteSeeded(folder, { at, demoAccounts: true })
  expect(await announced({ NODE_ENV: 'production' })).toEqual([ready])
})
