import { readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'

import { waitForEnd } from '../../embedded/postgres/running-process.ts'
import { seededDataDir } from '../support/seeded-data-dir.ts'
import { launchByNpm, type LaunchedSouk } from '../support/souk-process.ts'

const lock = z.object({ pid: z.number().int() })

interface Started extends LaunchedSouk {
  /** Of npm, which leads its process group; and of Souk, which it has started. */
  readonly pids: { readonly npm: number; readonly souk: number }
}

let started: Started | undefined
let dataDir: string

beforeAll(async () => {
  dataDir = await seededDataDir()
})
afterEach(async () => {
  if (started === undefined || (await waitForEnd(started.pids.souk, 0))) return
  process.kill(started.pids.souk, 'SIGKILL')
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

async function start(): Promise<Started> {
  const npm = launchByNpm({ SOUK_DATA_DIR: dataDir })
  await npm.printed(/Souk is ready at/)
  const { pid } = lock.parse(JSON.parse(await readFile(join(dataDir, 'souk.lock'), 'utf8')))
  if (npm.child.pid === undefined) throw new Error('npm was not started')
  started = { ...npm, pids: { npm: npm.child.pid, souk: pid } }
  return started
}

async function expectStoppedCleanly(npm: Started): Promise<void> {
  expect(await waitForEnd(npm.pids.souk, 15_000)).toBe(true)
  await npm.ended
  expect(npm.output()).toContain('Stopping')
  expect(npm.errors()).toBe('')
  // It was given back, and not left behind by a process that was cut off.
  expect(await readdir(dataDir)).not.toContain('souk.lock')
}

it('a SIGTERM to npm stops Souk, and npm ends as Souk does', async () => {
  const npm = await start()
  npm.child.kill('SIGTERM')
  await expectStoppedCleanly(npm)
  expect(await npm.ended).toEqual({ code: 0, signal: null })
})

it('Ctrl-C, which reaches npm and Souk alike and is passed on by npm once more, stops Souk cleanly', async () => {
  const npm = await start()
  process.kill(-npm.pids.npm, 'SIGINT')
  await expectStoppedCleanly(npm)
  expect(await npm.ended).toEqual({ code: 0, signal: null })
})

it.each(['SIGKILL', 'SIGHUP'] as const)('a %s to npm, which cannot pass it on, stops Souk', async (signal) => {
  const npm = await start()
  npm.child.kill(signal)
  await expectStoppedCleanly(npm)
})

it('no script leaves a shell between npm and what it runs', async () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await readFile('package.json', 'utf8')))
  for (const script of Object.values(scripts)) expect(script).toMatch(/^(\w+=\S+ )*exec node scripts\//)
})
