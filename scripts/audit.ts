/**
 * Checks every law over all stores: of a data folder, running or not, by `npm run audit`; of what `npm run distributed` runs, by
 * `npm run audit -- --distributed`. Exit code 1 when one is broken.
 */
import { join } from 'node:path'

import type { Finding } from '../audit/audit.ts'
import { report } from '../audit/report.ts'
import { readConfig } from '../embedded/config.ts'
import { explained } from '../embedded/console/explained.ts'
import { asError } from '../platform/errors.ts'
import { auditDistributed } from './audit/distributed.ts'
import { auditFolder } from './audit/folder.ts'
import { readAuditSettings } from './audit/settings.ts'

async function run(): Promise<Finding[]> {
  const { distributed } = readAuditSettings(process.argv.slice(2))
  if (!distributed) return auditFolder(readConfig().SOUK_DATA_DIR, process.env)
  const { SOUK_DISTRIBUTED_DIR: folder = join(import.meta.dirname, '..', '.souk-distributed') } = process.env
  return auditDistributed(folder)
}

try {
  const findings = await run()
  console.log(report(findings))
  process.exit(findings.some(({ violations }) => violations.length > 0) ? 1 : 0)
} catch (thrown) {
  console.error(`Nothing was audited: ${explained(asError(thrown))}`)
  process.exit(1)
}
