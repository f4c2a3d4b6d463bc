import { GraphQLError } from 'graphql'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../tests/support/postgres.ts'
import { systemClock } from '../clock.ts'
import { asError, StoreUnavailable } from '../errors.ts'
import { maskError } from '../graphql/mask.ts'
import { newUuid } from '../ids.ts'
import { createLogger } from '../telemetry/logging.ts'
import { postgresDatabase, type DatabaseOptions, type PostgresDatabase } from './database.ts'

let disk: TestDatabase
const open: PostgresDatabase[] = []

beforeEach(async () => {
  disk = await createTestDatabase()
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.close()))
  await disk.drop()
})

function databaseOn(connection: DatabaseOptions['connection']): PostgresDatabase {
  const stamp = { source: 'test', clock: systemClock, newId: newUuid }
  const log = createLogger('silent')
  const database = postgresDatabase({ connection: { ...disk.config, ...connection }, poolSize: 1, stamp, log })
  open.push(database)
  return database
}

/** What a client and the log get of a resolver that fails so. */
async function failureOf(work: Promise<unknown>) {
  const lines: string[] = []
  const thrown: unknown = await work.then(() => undefined, asError)
  const originalError = asError(thrown)
  const log = pino({ base: null }, { write: (line) => lines.push(line) })
  const { extensions } = maskError(new GraphQLError('failed', { originalError }), log)
  return { thrown, code: extensions?.code, log: lines.join('') }
}

describe('a database that does not answer', () => {
  it('in time is unavailable, and the log has the reason', async () => {
    const database = databaseOn({ statement_timeout: 100 })
    const { thrown, code, log } = await failureOf(database.query('select pg_sleep(60)'))
    expect(thrown).toBeInstanceOf(StoreUnavailable)
    expect(code).toBe('SUBGRAPH_UNAVAILABLE')
    expect(log).toContain('canceling statement due to statement timeout')
  })

  it('because each connection is taken is unavailable', async () => {
    const database = databaseOn({ connectionTimeoutMillis: 100 })
    await database.transaction(async ({ query }) => {
      await query('select 1')
      const { code, log } = await failureOf(database.query('select 1'))
      expect(code).toBe('SUBGRAPH_UNAVAILABLE')
      expect(log).toContain('timeout exceeded when trying to connect')
    })
  })

  it('because there is no server is unavailable, in a transaction too', async () => {
    // Port 1 is nobody's.
    const database = databaseOn({ host: '127.0.0.1', port: 1 })
    const failures = await Promise.all([
      failureOf(database.query('select 1')),
      failureOf(database.transaction(({ query }) => query('select 1'))),
    ])
    for (const { code, log } of failures) {
      expect(code).toBe('SUBGRAPH_UNAVAILABLE')
      expect(log).toContain('ECONNREFUSED')
    }
  })

  it('any more, since it ended the connection, is unavailable', async () => {
    const database = databaseOn({})
    const ended = database.transaction(({ query }) => query('select pg_terminate_backend(pg_backend_pid())'))
    expect((await failureOf(ended)).code).toBe('SUBGRAPH_UNAVAILABLE')
    expect((await database.query('select 1 as answer')).rows).toEqual([{ answer: 1 }])
  })

  it('is not taken for a statement that is wrong', async () => {
    const { code, log } = await failureOf(databaseOn({}).query('select nonsense'))
    expect(code).toBe('INTERNAL_SERVER_ERROR')
    expect(log).toContain('nonsense')
  })
})
