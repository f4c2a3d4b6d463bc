import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../tests/support/postgres.ts'
import { migrate } from './migrate.ts'

let disk: TestDatabase
let folder: string
beforeAll(async () => {
  disk = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'souk-migrations-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await disk.drop()
})

it('a connection that breaks in the middle fails the migration, not the process, and the next start goes on', async () => {
  const file = join(folder, '001.do.break.sql')
  await writeFile(file, 'create table half (id int); select pg_terminate_backend(pg_backend_pid())')
  await expect(migrate(disk.pool, { folder, table: 'test_version' })).rejects.toThrow()
  await writeFile(file, 'create table whole (id int)')
  await migrate(disk.pool, { folder, table: 'test_version' })
  const { rows } = await disk.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_name in ('half', 'whole')`,
  )
  expect(rows).toEqual([{ name: 'whole' }])
})
