import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../tests/support/postgres.ts'
import { makeDatabases } from './databases.ts'

// Users belong to the whole server, which the suite shares with others.
const [one, two] = [`one_${randomUUID().slice(0, 8)}`, `two_${randomUUID().slice(0, 8)}`]
let server: TestDatabase

beforeAll(async () => {
  server = await createTestDatabase()
})

afterAll(async () => {
  for (const name of [one, two]) {
    await server.pool.query(`drop database if exists souk_${name}`)
    await server.pool.query(`drop role if exists ${name}`)
  }
  await server.drop()
})

async function make(owners: Record<string, string>): Promise<void> {
  const client = await server.pool.connect()
  try {
    await makeDatabases(client, owners)
  } finally {
    client.release()
  }
}

async function mayConnect(user: string, database: string): Promise<boolean> {
  const { rows } = await server.pool.query<{ may: boolean }>(
    "select has_database_privilege($1, $2, 'connect') as may",
    [user, database],
  )
  return rows[0]?.may ?? false
}

describe('the databases of the subgraphs', () => {
  it('are made where they are missing, one for each, whatever an earlier run has left', async () => {
    await server.pool.query(`create role ${two}`)
    await make({ [one]: 'first', [two]: "it's" })
    await make({ [one]: 'second', [two]: "it's" })
    const { rows } = await server.pool.query(
      `select rolname, rolcanlogin, rolsuper from pg_database join pg_roles on pg_roles.oid = datdba
       where datname = any($1) order by rolname`,
      [[`souk_${one}`, `souk_${two}`]],
    )
    expect(rows).toEqual([
      { rolname: one, rolcanlogin: true, rolsuper: false },
      { rolname: two, rolcanlogin: true, rolsuper: false },
    ])
  })

  it('are open to their owner alone', async () => {
    expect(await mayConnect(one, `souk_${one}`)).toBe(true)
    expect(await mayConnect(one, `souk_${two}`)).toBe(false)
    expect(await mayConnect(one, 'postgres')).toBe(false)
  })
})
