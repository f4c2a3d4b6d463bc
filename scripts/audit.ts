/**
 * Checks every law over all stores: of a data folder, running or not, by `npm run audit`; of what `npm run distributed` runs, by
 * `npm run audit -- --distributed`. Exit code 1 when one is broken.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { audit, auditOf, type Finding } from '../audit/audit.ts'
import { report } from '../audit/report.ts'
import { openAudited } from '../distributed/audited.ts'
import { readConfig } from '../embedded/config.ts'
import { whatIsSeeded } from '../embedded/seeded.ts'
import { openStores } from '../embedded/stores.ts'
import { createLogger } from '../platform/telemetry/logging.ts'
import { Stack } from '../platform/work/stack.ts'
import { notedStores } from './distributed/noted.ts'

const { values: options } = parseArgs({ options: { distributed: { type: 'boolean', default: false } } })

const findings = await (options.distributed ? auditDistributed() : auditFolder())
console.log(report(findings))
process.exit(findings.some(({ violations }) => violations.length > 0) ? 1 : 0)

async function auditFolder(): Promise<Finding[]> {
  const { SOUK_DATA_DIR: dataDir } = readConfig()
  if ((await whatIsSeeded(dataDir)) === undefined) {
    return refuse(
      `There is no shop in ${dataDir} to audit. Run \`npm start\` first, or name its folder by SOUK_DATA_DIR.`,
    )
  }
  const { stores, close } = await openStores(dataDir)
  return audit(stores).finally(close)
}

async function auditDistributed(): Promise<Finding[]> {
  const { SOUK_DISTRIBUTED_DIR: folder = join(import.meta.dirname, '..', '.souk-distributed') } = process.env
  const environment = await notedStores(folder)
  if (environment === undefined) return refuse(`Nothing has run in ${folder}. Start it first: \`npm run distributed\`.`)
  const stack = new Stack()
  const audited = await openAudited({ environment, log: createLogger('warn'), stack })
  return auditOf(audited).finally(() => stack.stop())
}

function refuse(why: string): never {
  console.error(why)
  process.exit(1)
}
