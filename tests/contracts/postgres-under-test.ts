import { postgresBus } from '../../platform/bus/postgres/bus.ts'
import { busLaws } from '../../platform/bus/postgres/laws.ts'
import { newUuid } from '../../platform/ids.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { createTestDatabase } from '../support/postgres.ts'
import type { AuditedBus } from './bus-laws.ts'
import { testPauses } from './bus-support.ts'

/** A bus on a database of its own. */
export async function postgresUnderTest(): Promise<AuditedBus> {
  const { config, pool, drop } = await createTestDatabase()
  const log = createLogger('silent')

  return {
    connect: () => postgresBus({ connection: config, newId: newUuid, log, retryPauses: testPauses }),
    async crash(bus) {
      // The server ends the sessions of one process: what it had claimed and not acknowledged is nobody's now.
      await pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = (
           select application_name from pg_stat_activity
           where application_name like 'souk-bus/%' and datname = current_database()
           order by backend_start desc limit 1
         )`,
      )
      await bus.stop()
    },
    openLaws: async () => ({ ...busLaws(pool), close: () => Promise.resolve() }),
    remove: drop,
  }
}
