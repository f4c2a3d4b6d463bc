/**
 * Runs every part of Souk as a process of its own on this machine, without Docker: `npm run distributed`. With
 * `-- --replicas 2` each subgraph twice, with `-- --postgres` everything on PostgreSQL. Ctrl-C stops all of it.
 */
import { once } from 'node:events'
import { join } from 'node:path'

import { consoleProgress } from '../embedded/console/progress.ts'
import { StartError } from '../embedded/start-error.ts'
import { interrupted, onStopSignal } from '../platform/process/stop-signal.ts'
import { readSettings } from './distributed/settings.ts'
import { startDistributed, type Distributed } from './distributed/start.ts'

const stopping = new AbortController()
const progress = consoleProgress((text) => process.stdout.write(text))
onStopSignal(() => {
  progress.print('Stopping; once more Ctrl-C ends at once.')
  stopping.abort()
})

/** Ends the process: with one line where it is known what to do. */
function fail(thrown: unknown): never {
  if (stopping.signal.aborted) process.exit(interrupted)
  progress.endLine()
  console.error(thrown instanceof StartError ? `Souk cannot start: ${thrown.message} ${thrown.cure}` : thrown)
  process.exit(1)
}

async function start(): Promise<Distributed> {
  const settings = readSettings(process.argv.slice(2), process.env)
  progress.print('Souk, distributed')
  const running = await startDistributed({
    ...settings,
    durable: true,
    given: process.env,
    signal: stopping.signal,
    say: progress.printBetween,
    step: progress.step,
  })
  for (const line of running.described) progress.print(`  ${line}`)
  progress.print(`  Logs      ${join(settings.folder, 'logs')}`)
  progress.print(`  GraphiQL  ${running.url}/graphiql`)
  progress.print(`Souk is ready at ${running.url}/graphql`)
  return running
}

const running = await start().catch(fail)
if (!stopping.signal.aborted) await once(stopping.signal, 'abort')
await running.stop()
process.exit(0)
