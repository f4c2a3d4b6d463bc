import type { Reporter, TestModule } from 'vitest/node'

/** Ends a run with what it did not try: projects that are for CI, and each test that was skipped, with its reason. */
export class UntriedTests implements Reporter {
  readonly #projects: readonly string[]

  /** @param projects those that this run leaves out */
  constructor(projects: readonly string[]) {
    this.#projects = projects
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')])
    const reasons = skipped.map((test) => {
      const result = test.result()
      const reason = result.state === 'skipped' ? result.note : undefined
      return reason === undefined ? test.fullName : `${test.fullName} (${reason})`
    })
    if (skipped.length > 0) console.log(`\n${skipped.length} skipped: ${reasons.join('; ')}`)
    const named = this.#projects.map((project) => `npm test -- --project ${project}`)
    if (named.length > 0) console.log(`\nLeft to CI, and to who names it: ${named.join(', ')}`)
  }
}
