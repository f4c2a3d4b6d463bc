import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { openServerLog } from './server-log.ts'
import { workspace } from '../testing/workspace.ts'

const { folder } = workspace()

test('the log of the server stays within its bound and keeps the newest lines', async () => {
  const path = join(await folder(), 'postgres.log')
  const log = openServerLog({ path, limit: 1_000 })

  for (let line = 1; line <= 500; line += 1) log.write(`LOG:  line ${line}`)

  expect((await stat(path)).size + (await stat(`${path}.1`)).size).toBeLessThan(2_100)
  expect(await readFile(path, 'utf8')).toMatch(/LOG: {2}line 500\n$/)
})

test('a log goes on where the last start has left it', async () => {
  const path = join(await folder(), 'postgres.log')
  openServerLog({ path }).write('LOG:  first')
  openServerLog({ path }).write('LOG:  second')

  expect(await readFile(path, 'utf8')).toBe('LOG:  first\nLOG:  second\n')
})

test('the last failure is what the server gave as its reason', async () => {
  const log = openServerLog({ path: join(await folder(), 'postgres.log') })
  log.write('2026-01-01 00:00:00 UTC [7]  FATAL:  could not open file')
  log.write('2026-01-01 00:00:00 UTC [7]  LOG:  database system is shut down')

  expect(log.lastFailure()).toBe('could not open file')
})
