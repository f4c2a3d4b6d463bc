import pg from 'pg'

import { auditOf, type Finding } from '../../audit/audit.ts'
import { openAudited } from '../../distributed/audited.ts'
import { systemErrorCode } from '../../embedded/postgres/system-error.ts'
import { StartError } from '../../embedded/start-error.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { Stack } from '../../platform/work/stack.ts'
import { notedStores } from '../distributed/noted.ts'
import type { Variables } from '../distributed/parts.ts'

/** The laws over the stores that `npm run distributed` has on a folder. @throws StartError when they do not run */
export async function auditDistributed(folder: string): Promise<Finding[]> {
  const environment = await notedStores(folder)
  if (environment === undefined) {
    throw new StartError(`Nothing has run in ${folder}.`, { cure: 'Start it first: `npm run distributed`.' })
  }
  await assertRunning(folder, environment)
  const stack = new Stack()
  try {
    return await auditOf(await openAudited({ environment, log: createLogger('warn'), stack }))
  } finally {
    await stack.stop()
  }
}

/** PostgreSQL is always one of its own: it runs as long as the shop does. */
async function assertRunning(folder: string, { ORDERS_DATABASE_URL: connectionString }: Variables): Promise<void> {
  const client = new pg.Client({ connectionString })
  try {
    await client.connect()
  } catch (cause) {
    if (systemErrorCode(cause) !== 'ECONNREFUSED') throw cause
    throw new StartError(`The stores of the shop in ${folder} are not running.`, {
      cure: 'Start it first: `npm run distributed`.',
      cause,
    })
  } finally {
    await client.end()
  }
}
