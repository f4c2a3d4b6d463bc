import { spawn } from 'node:child_process'

import type { Step } from './steps.ts'

export interface StepResult {
  readonly step: Step
  readonly passed: boolean
  readonly seconds: number
  /** What it wrote, in the order written; empty for a step that wrote to the terminal itself. */
  readonly output: string
}

export interface StepRun {
  readonly root: string
  /** How many run at once. */
  readonly atOnce: number
  onEnd(result: StepResult): void
}

/** Runs all the steps, however many fail. */
export async function runSteps(steps: readonly Step[], { root, atOnce, onEnd }: StepRun): Promise<StepResult[]> {
  const waiting = steps.values()
  const results: StepResult[] = []
  async function work(): Promise<void> {
    for (const step of waiting) {
      const result = await runOne(step, { root, live: false })
      results.push(result)
      onEnd(result)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return results
}

/** @param how `live` lets it write to the terminal while it runs */
export async function runOne(step: Step, how: { root: string; live: boolean }): Promise<StepResult> {
  const startedAt = performance.now()
  const [command, ...args] = step.command
  const child = spawn(command, args, { cwd: how.root, stdio: ['ignore', ...outputs(how.live)] })
  const written: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => written.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => written.push(chunk))
  const passed = await new Promise<boolean>((resolve) => {
    child.on('error', (error) => {
      written.push(Buffer.from(`${command}: ${error.message}\n`))
      resolve(false)
    })
    child.on('close', (code) => resolve(code === 0))
  })
  const seconds = (performance.now() - startedAt) / 1000
  return { step, passed, seconds, output: Buffer.concat(written).toString('utf8').trimEnd() }
}

function outputs(live: boolean): ['inherit', 'inherit'] | ['pipe', 'pipe'] {
  return live ? ['inherit', 'inherit'] : ['pipe', 'pipe']
}
