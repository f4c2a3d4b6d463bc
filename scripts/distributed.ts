/**
 * Runs every part of Souk as a process of its own on this machine, without Docker: `npm run distributed`. With
 * `-- --replicas 2` each subgraph twice, with `-- --postgres` everything on PostgreSQL. Ctrl-C stops all of it.
 */
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { consoleProgress } from '../embedded/console/progress.ts'
import { interrupted, onStopSignal } from '../platform/process/stop-signal.ts'
import { startDistributed } from './distributed/start.ts'

const { values: options } = parseArgs({
  options: {
    replicas: { type: 'string', default: '1' },
    postgres: { type: 'boolean', default: false },
  },
})

const stopping = new AbortController()
const progress = consoleProgress((text) => process.stdout.write(text))
onStopSignal(() => {
  progress.print('Stopping; once more Ctrl-C ends at once.')
  stopping.abort()
})

const { SOUK_DISTRIBUTED_DIR: folder = join(import.meta.dirname, '..', '.souk-distributed'), PORT: port = '4000' } =
  process.env

progress.print('Souk, distributed')
const running = await startDistributed({
  folder,
  // 0 takes any that are free, for the subgraphs too.
  ...(port === '0' ? {} : { port: Number(port) }),
  replicas: Number(options.replicas),
  kind: options.postgres ? 'postgres' : 'each its own',
  durable: true,
  given: process.env,
  signal: stopping.signal,
  say: progress.printBetween,
  step: progress.step,
}).catch((thrown: unknown) => {
  if (stopping.signal.aborted) process.exit(interrupted)
  throw thrown
})
for (const line of running.described) progress.print(`  ${line}`)
progress.print(`  Logs      ${join(folder, 'logs')}`)
progress.print(`  GraphiQL  ${running.url}/graphiql`)
progress.print(`Souk is ready at ${running.url}/graphql`)
if (!stopping.signal.aborted) await once(stopping.signal, 'abort')
await running.stop()
process.exit(0)
