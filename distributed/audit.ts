/** Checks every law over the stores of processes apart, whether these run or not. Exit code 1 when one is broken. */
import { auditOf } from '../audit/audit.ts'
import { report } from '../audit/report.ts'
import { parseConfig } from '../platform/config.ts'
import { groundConfig, processEnvironment } from '../platform/process/config.ts'
import { runJob } from '../platform/process/life.ts'
import { createLogger } from '../platform/telemetry/logging.ts'
import { Stack } from '../platform/work/stack.ts'
import { openAudited } from './audited.ts'

await runJob('audit', async () => {
  const environment = processEnvironment()
  const log = createLogger(parseConfig(groundConfig, environment).LOG_LEVEL)
  const stack = new Stack()
  try {
    const findings = await auditOf(await openAudited({ environment, log, stack }))
    process.stdout.write(`${report(findings)}\n`)
    if (findings.some(({ violations }) => violations.length > 0)) process.exitCode = 1
  } finally {
    await stack.stop()
  }
})
