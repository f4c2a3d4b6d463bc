import { describe, expect, it } from 'vitest'

import { postgresBus } from '../../platform/bus/postgres/bus.ts'
import { newUuid } from '../../platform/ids.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { busLawsContract } from './bus-laws.ts'
import { busLogContract } from './bus-log.ts'
import { busReleasesContract } from './bus-releases.ts'
import { busStateContract } from './bus-state.ts'
import { busStressContract } from './bus-stress.ts'
import { busTracesContract } from './bus-traces.ts'
import { collector, message } from './bus-support.ts'
import { postgresUnderTest } from './postgres-under-test.ts'

busLogContract('PostgreSQL', postgresUnderTest)
busStateContract('PostgreSQL', postgresUnderTest)
busTracesContract('PostgreSQL', postgresUnderTest)
busReleasesContract('PostgreSQL', postgresUnderTest)
busLawsContract('PostgreSQL', postgresUnderTest)
// The server is that of the whole test run.
busStressContract('PostgreSQL', postgresUnderTest, { serverCrashes: false })

describe('a state watcher on PostgreSQL', () => {
  it('waits for no transaction that is open elsewhere, and misses nothing that one commits late', async () => {
    const { config, pool, drop } = await createTestDatabase()
    const bus = await postgresBus({ connection: config, newId: newUuid, log: createLogger('silent') })
    const seen = collector()
    const slow = await pool.connect()
    await slow.query('begin')
    await slow.query(`insert into state (type, key, version, message) values ('test.State', 'late', 1, $1)`, [
      JSON.stringify(message('test.State', 'late')),
    ])
    await bus.publish('state', [message('test.State', 'early')])
    const watcher = await bus.watchState({ types: ['test.State'], apply: (messages) => seen.add(...messages) })
    expect(seen.handled.map(({ subject }) => subject)).toEqual(['early'])
    await slow.query('commit')
    slow.release()
    await watcher.caughtUp()
    expect(seen.handled.map(({ subject }) => subject)).toEqual(['early', 'late'])
    await watcher.stop()
    await bus.stop()
    await drop()
  })

  it('is told that it does not follow while the server hears nobody, and follows again when it has what came meanwhile', async () => {
    const { config, pool, drop } = await createTestDatabase()
    const bus = await postgresBus({ connection: config, newId: newUuid, log: createLogger('silent') })
    const seen = collector()
    const told: [boolean, number][] = []
    const watcher = await bus.watchState({
      types: ['test.State'],
      apply: (messages) => seen.add(...messages),
      follows: (isFollowing) => told.push([isFollowing, seen.handled.length]),
    })
    expect(told.at(-1)).toEqual([true, 0])
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name like 'souk-bus/%'`,
    )
    await expect.poll(() => told.at(-1)?.[0]).toBe(false)
    await bus.publish('state', [message('test.State', 'a')])
    await expect.poll(() => told.at(-1), { timeout: 10_000 }).toEqual([true, 1])
    expect(told.some(([isFollowing, had]) => isFollowing && had === 1)).toBe(true)
    await watcher.stop()
    await bus.stop()
    await drop()
  })
})
