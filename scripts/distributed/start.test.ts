import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { lockFolder } from '../../embedded/postgres/data-folder/folder-lock.ts'
import { startDistributed } from './start.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-test-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('a second shop on the same folder is refused before any store is started there', async () => {
  const lock = await lockFolder(folder)
  const started: string[] = []
  const second = startDistributed({
    ...{ folder, replicas: 1, kind: 'postgres', durable: false, given: {}, signal: new AbortController().signal },
    say: (line) => started.push(line),
    step(what, work) {
      started.push(what)
      return work()
    },
  })
  await expect(second).rejects.toMatchObject({
    message: `Another Souk (process ${process.pid}) is running on the data folder ${folder}.`,
    cure: 'Stop it first, or give this one a folder of its own by SOUK_DISTRIBUTED_DIR.',
  })
  expect(started).toEqual([])
  expect((await readdir(folder)).toSorted()).toEqual(['logs', 'souk.lock'])
  await lock.release()
})
