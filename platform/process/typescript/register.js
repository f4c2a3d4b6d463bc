/**
 * Lets Node run the TypeScript of this repository: `node --import ./platform/process/typescript/register.js <file>.ts`.
 * tsx can do more, and costs each of many processes 25 MB and a process of esbuild beside it.
 */
import { register } from 'node:module'
import process from 'node:process'

// So that a stack names the lines of what was written.
process.setSourceMapsEnabled(true)
register('./hooks.js', import.meta.url)
