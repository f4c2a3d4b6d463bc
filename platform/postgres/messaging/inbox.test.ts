import { afterEach, beforeEach, expect, it } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../tests/support/postgres.ts'
import { systemClock } from '../../clock.ts'
import { newUuid } from '../../ids.ts'
import { createLogger } from '../../telemetry/logging.ts'
import { postgresDatabase, type PostgresDatabase } from '../database.ts'
import { migrateSubgraph } from '../migrate.ts'
import { keepInboxSmall, type InboxUpkeep } from './inbox.ts'

const log = createLogger('silent')
let disk: TestDatabase
let database: PostgresDatabase
let upkeep: InboxUpkeep

beforeEach(async () => {
  disk = await createTestDatabase()
  const stamp = { source: 'test', clock: systemClock, newId: newUuid }
  database = postgresDatabase({ connection: disk.config, poolSize: 4, stamp, log })
  await migrateSubgraph(database.pool, undefined)
  upkeep = keepInboxSmall(database)
})
afterEach(async () => {
  await upkeep.stop()
  await database.close()
  await disk.drop()
})

async function handled(messages: number, age: string): Promise<void> {
  await database.query(
    `insert into inbox (consumer, message_id, handled_at)
     select $1, gen_random_uuid(), now() - $2::interval from generate_series(1, $3)`,
    [age, age, messages],
  )
}

async function remembered(): Promise<Record<string, number>> {
  const { rows } = await database.query<{ consumer: string; messages: number }>(
    'select consumer, count(*)::int as messages from inbox group by consumer',
  )
  return Object.fromEntries(rows.map(({ consumer, messages }) => [consumer, messages]))
}

it('forgets what was handled more than 30 days ago, however much there is, and nothing else', async () => {
  await handled(2_500, '31 days')
  await handled(1, '30 days 1 minute')
  await handled(1, '29 days 23 hours')
  await handled(3, '0 seconds')
  await upkeep.settled()
  expect(await remembered()).toEqual({ '29 days 23 hours': 1, '0 seconds': 3 })
})

it('does not begin by itself when it is started: what a crash has left unacknowledged comes again first', async () => {
  await handled(1, '31 days')
  await upkeep.stop()
  expect(await remembered()).toEqual({ '31 days': 1 })
})

it('waits for nobody who is just handling a message', async () => {
  await handled(2, '31 days')
  await database.transaction(async (transaction) => {
    await transaction.query('select from inbox limit 1 for update')
    await upkeep.settled()
  })
  expect(await remembered()).toEqual({ '31 days': 1 })
  await upkeep.settled()
  expect(await remembered()).toEqual({})
})
