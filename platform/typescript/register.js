/**
 * Lets Node run the TypeScript of this repository: `node --import ./platform/typescript/register.js <file>.ts`.
 * tsx can do more, and costs each start a second of CPU, and each process 25 MB and an esbuild beside it.
 */
import { register } from 'node:module'
import process from 'node:process'

// So that a stack names the lines of what was written.
process.setSourceMapsEnabled(true)
register('./hooks.js', import.meta.url)
