/**
 * Counts what passed and failed in CI into the one line `N passed, N failed`, from the report of the checks, that of
 * the tests, and the exit code of the tests. Plain JavaScript without a package: it counts a failed installation too.
 */
import { readFileSync } from 'node:fs'

const [checksFile, testsFile, testsExitCode] = process.argv.slice(2)

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    console.log(`There is no report ${file}: ${error.message}`)
    return undefined
  }
}

/** A skipped test fails: CI is a machine that has all it takes. */
function countTests(report) {
  const skipped = report.numPendingTests + report.numTodoTests
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  )
  const failed = report.numFailedTests + skipped + brokenFiles.length
  if (skipped > 0) console.log(`${skipped} tests were skipped, which fails here.`)
  for (const { name } of brokenFiles) console.log(`${name} could not be run.`)
  // Coverage below its threshold, or an error outside of any test.
  if (failed === 0 && testsExitCode !== '0') {
    console.log(`All tests passed, and yet \`npm test\` ended with ${testsExitCode}: see above.`)
    return { passed: report.numPassedTests, failed: 1 }
  }
  return { passed: report.numPassedTests, failed }
}

const none = { passed: 0, failed: 1 }
const checks = readReport(checksFile) ?? none
const testReport = readReport(testsFile)
const tests = testReport === undefined ? none : countTests(testReport)
const failed = checks.failed + tests.failed

console.log(`${checks.passed + tests.passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
