/** Has the Dockerfile, the compose file and the Helm chart read by the tools that they are for. */
import { join } from 'node:path'

import { deploymentChecks } from './deployment/checks.ts'
import { runStep, StepFailure } from './gate/step-failure.ts'
import { MissingServer } from './servers/installed.ts'

const root = join(import.meta.dirname, '..')

await runStep(async () => {
  const problems: string[] = []
  for (const { name, check } of deploymentChecks) {
    try {
      await check(root)
      console.log(`${name}: as it should be`)
    } catch (thrown) {
      if (!(thrown instanceof Error)) throw thrown
      // By hand one may lack a tool; what lands may not.
      if (thrown instanceof MissingServer && process.env.CI === undefined)
        console.log(`${name}: skipped, ${thrown.message}`)
      else problems.push(`${name}: ${thrown.message}`)
    }
  }
  if (problems.length > 0) throw new StepFailure(problems.join('\n'))
})
