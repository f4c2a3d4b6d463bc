/** Mends what mends itself: what is generated, what the linter can rewrite, the format. */
import { join } from 'node:path'

import { runOne } from './gate/run-steps.ts'
import type { Step } from './gate/steps.ts'

const root = join(import.meta.dirname, '..')

const fixes: readonly Omit<Step, 'mend'>[] = [
  { name: 'generated files', command: [process.execPath, 'scripts/run.js', 'scripts/generate.ts'] },
  { name: 'supergraph', command: [process.execPath, 'scripts/run.js', 'scripts/compose.ts'] },
  { name: 'lint', command: ['node_modules/.bin/eslint', '.', '--fix'] },
  { name: 'format', command: ['node_modules/.bin/prettier', '--write', '--log-level', 'warn', '.'] },
]

for (const fix of fixes) {
  console.log(`${fix.name} ...`)
  const { passed } = await runOne({ ...fix, mend: '' }, { root, live: true })
  if (!passed) process.exitCode = 1
}
