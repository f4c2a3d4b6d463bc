/** Runs a TypeScript file of this repository: `node scripts/run.js scripts/audit.ts [arguments]`. */
import { runNode } from './bootstrap/run-node.js'

await runNode(['--import', 'tsx', ...process.argv.slice(2)], { log: (line) => console.error(line) })
