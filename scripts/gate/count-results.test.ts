import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const program = join(import.meta.dirname, 'count-results.js')
const allPassed = { numPassedTests: 40, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }

describe('the line that CI ends with', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'souk-count-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  function counted(reports: { checks?: object; tests?: object; testsExitCode?: string }) {
    const files = ['checks', 'tests'].map((name) => join(folder, `${name}.json`))
    const [checks = '', tests = ''] = files
    if (reports.checks) writeFileSync(checks, JSON.stringify(reports.checks))
    if (reports.tests) writeFileSync(tests, JSON.stringify(reports.tests))
    const { stdout, status } = spawnSync(process.execPath, [program, ...files, reports.testsExitCode ?? '0'])
    return { line: stdout.toString().trimEnd().split('\n').at(-1), status }
  }

  it('adds the checks to the tests', () => {
    const outcome = counted({ checks: { passed: 10, failed: 0 }, tests: allPassed })
    expect(outcome).toEqual({ line: '50 passed, 0 failed', status: 0 })
  })

  it('counts a failed check', () => {
    const outcome = counted({ checks: { passed: 9, failed: 1 }, tests: allPassed })
    expect(outcome).toEqual({ line: '49 passed, 1 failed', status: 1 })
  })

  it('counts a skipped test as failed', () => {
    const outcome = counted({ checks: { passed: 10, failed: 0 }, tests: { ...allPassed, numPendingTests: 2 } })
    expect(outcome).toEqual({ line: '50 passed, 2 failed', status: 1 })
  })

  it('counts a test file that could not be run', () => {
    const broken = { name: 'broken.test.ts', status: 'failed', assertionResults: [] }
    const tests = { ...allPassed, testResults: [broken] }
    const outcome = counted({ checks: { passed: 10, failed: 0 }, tests, testsExitCode: '1' })
    expect(outcome).toEqual({ line: '50 passed, 1 failed', status: 1 })
  })

  it('counts coverage below its threshold, which only the exit code tells', () => {
    const outcome = counted({ checks: { passed: 10, failed: 0 }, tests: allPassed, testsExitCode: '1' })
    expect(outcome).toEqual({ line: '50 passed, 1 failed', status: 1 })
  })

  it('fails where nothing could be run', () => {
    expect(counted({ testsExitCode: '1' })).toEqual({ line: '0 passed, 2 failed', status: 1 })
  })
})
