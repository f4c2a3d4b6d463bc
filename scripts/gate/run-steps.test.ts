import { tmpdir } from 'node:os'

import { expect, it } from 'vitest'

import { runSteps, type StepResult } from './run-steps.ts'
import type { Step } from './steps.ts'

const prints = (name: string, program: string): Step => ({ name, command: [process.execPath, '-e', program], mend: '' })

it('runs every step, however many fail, and keeps what each wrote', async () => {
  const ended: StepResult[] = []
  await runSteps(
    [
      prints('fails', 'console.log("the reason"); process.exit(3)'),
      prints('passes', 'console.error("a warning")'),
      { name: 'is not there', command: ['no-such-program'], mend: '' },
    ],
    { root: tmpdir(), atOnce: 2, onEnd: (result) => ended.push(result) },
  )
  const outcome = ended.map(({ step, passed, output }) => [step.name, passed, output])
  expect(outcome).toHaveLength(3)
  expect(outcome).toContainEqual(['fails', false, 'the reason'])
  expect(outcome).toContainEqual(['passes', true, 'a warning'])
  expect(outcome).toContainEqual(['is not there', false, expect.stringContaining('ENOENT')])
})
