import type { Reporter, TestModule } from 'vitest/node'

/** Ends a run with one line that names what was skipped, and why. */
export class SkippedTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')])
    if (skipped.length === 0) return
    const reasons = skipped.map((test) => {
      const result = test.result()
      const reason = result.state === 'skipped' ? result.note : undefined
      return reason === undefined ? test.fullName : `${test.fullName} (${reason})`
    })
    console.log(`\n${skipped.length} skipped: ${reasons.join('; ')}`)
  }
}
