/**
 * Runs the gateway as this process: `node --import ./platform/typescript/register.js gateway/main.ts`. What can be set is in
 * `process/config.ts`.
 */
import { runProcess } from '../platform/process/life.ts'
import { startGateway } from './process/start.ts'

await runProcess({ name: 'gateway', start: () => startGateway() })
