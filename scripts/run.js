/** Runs a TypeScript file of this repository: `node scripts/run.js scripts/audit.ts [arguments]`. */
import { runNode } from './bootstrap/run-node.js'

const loader = './platform/typescript/register.js'
await runNode(['--import', loader, ...process.argv.slice(2)], { log: (line) => console.error(line) })
