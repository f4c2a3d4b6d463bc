import { expect, it } from 'vitest'

import { createTestDatabase } from '../../tests/support/postgres.ts'
import { withTransactionClient } from './client.ts'

it('a connection that breaks in a transaction fails that transaction alone', async () => {
  const { pool, drop } = await createTestDatabase()
  const broken = withTransactionClient(pool, async (client) => {
    await client.query('begin')
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    await client.query('select 1')
  })
  await expect(broken).rejects.toThrow()
  const { rows } = await pool.query('select 1 as answer')
  expect(rows).toEqual([{ answer: 1 }])
  await drop()
})
