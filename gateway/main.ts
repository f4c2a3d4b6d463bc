/**
 * Runs the gateway as this process: `node --import ./platform/typescript/register.js gateway/main.ts`, in front of Souk's subgraphs;
 * with `--supergraph FILE` in front of those that the file names. What can be set is in `process/config.ts`.
 */
import { runProcess } from '../platform/process/life.ts'
import { runGateway } from './process/run.ts'

await runProcess({ name: 'gateway', start: () => runGateway(process.argv.slice(2)) })
