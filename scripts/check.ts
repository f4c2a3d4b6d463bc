/**
 * The gate: every check, the same by hand and in CI. `--fast` leaves out the tests; `--report <file>` keeps how many
 * steps passed and failed.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

import { runOne, runSteps, type StepResult } from './gate/run-steps.ts'
import { staticSteps, testStep } from './gate/steps.ts'

const root = join(import.meta.dirname, '..')
const { values: options } = parseArgs({ options: { fast: { type: 'boolean' }, report: { type: 'string' } } })

function show({ step, passed, seconds, output }: StepResult): void {
  console.log(`${passed ? '✓' : '✗'} ${step.name.padEnd(20)} ${seconds.toFixed(1).padStart(5)} s`)
  if (passed) return
  if (output !== '') console.log(output.replaceAll(/^/gm, '  '))
  console.log(`  To mend it: ${step.mend}`)
}

const startedAt = performance.now()
const results = await runSteps(staticSteps, { root, atOnce: 2, onEnd: show })
if (!options.fast) {
  const tests = await runOne(testStep, { root, live: true })
  show(tests)
  results.push(tests)
}

const failed = results.filter(({ passed }) => !passed)
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1)
if (options.report !== undefined) {
  const file = join(root, options.report)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify({ passed: results.length - failed.length, failed: failed.length }))
}
if (failed.length === 0) console.log(`All ${results.length} steps passed in ${minutes} minutes.`)
else console.log(`Failed: ${failed.map(({ step }) => step.name).join(', ')}. (${minutes} minutes)`)
process.exitCode = failed.length === 0 ? 0 : 1
