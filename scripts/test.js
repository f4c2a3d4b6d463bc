/** Runs the tests; arguments are passed on: `npm test -- tests/e2e`, `npm test -- --coverage`. */
import { runNode } from './bootstrap/run-node.js'

await runNode(['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], { log: (line) => console.log(line) })
