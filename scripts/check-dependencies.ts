/** Says whether the lockfile holds only what is safe, runs on the oldest Node, and can come from any registry. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { lockfile, lockfileProblems } from './gate/lockfile.ts'
import { runStep, StepFailure } from './gate/step-failure.ts'

await runStep(() => {
  const text = readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8')
  const problems = lockfileProblems(lockfile.parse(JSON.parse(text)))
  if (problems.length > 0) throw new StepFailure(problems.join('\n'))
  console.log('The locked packages are safe, and run on the oldest Node.')
})
