/**
 * Runs every part of Souk as a process of its own on this machine, without Docker: `npm run distributed`. With
 * `-- --replicas 2` each subgraph twice, with `-- --postgres` everything on PostgreSQL. Ctrl-C stops all of it.
 */
import { once } from 'node:events'
import { join } from 'node:path'

import { readConfig } from '../embedded/config.ts'
import { announcement } from '../embedded/console/announcement.ts'
import { explained } from '../embedded/console/explained.ts'
import { consoleProgress } from '../embedded/console/progress.ts'
import { unknownVariables } from '../embedded/unknown-variables.ts'
import { asError } from '../platform/errors.ts'
import { interrupted, onStopSignal } from '../platform/process/stop-signal.ts'
import { tryToBuildGraphiql } from './build-graphiql.js'
import { folderVariable, readSettings } from './distributed/settings.ts'
import { startDistributed, type Distributed } from './distributed/start.ts'

const stopping = new AbortController()
const { signal } = stopping
const progress = consoleProgress((text) => process.stdout.write(text))
onStopSignal(() => {
  progress.print('Stopping every process, which takes some seconds; once more Ctrl-C ends at once.')
  stopping.abort()
})

/** Ends the process: with one line where it is known what to do. */
function fail(thrown: unknown): never {
  if (signal.aborted) process.exit(interrupted)
  progress.endLine()
  console.error(`Souk cannot start: ${explained(asError(thrown))}`)
  process.exit(1)
}

async function start(): Promise<Distributed> {
  const settings = readSettings(process.argv.slice(2), process.env)
  // What can be set of all parts is what can be set of the one process.
  const { NODE_ENV } = readConfig()
  progress.print('Souk, distributed')
  const unknown = unknownVariables(process.env, [folderVariable])
  if (unknown !== undefined) progress.print(`  ${unknown}`)
  const graphiql = { isBuilt: false }
  if (NODE_ENV !== 'production') {
    void tryToBuildGraphiql({ log: progress.printBetween, signal }).then((isBuilt) => (graphiql.isBuilt = isBuilt))
  }
  const running = await startDistributed({
    ...settings,
    durable: true,
    given: process.env,
    settings: { NODE_ENV },
    signal,
    say: progress.printBetween,
    step: progress.step,
  })
  for (const line of running.described) progress.print(`  ${line}`)
  progress.print(`  Logs          ${join(settings.folder, 'logs')}`)
  for (const line of await announcement(running, { NODE_ENV, SOUK_DATA_DIR: settings.folder }, graphiql))
    progress.print(line)
  return running
}

const running = await start().catch(fail)
if (!signal.aborted) await once(signal, 'abort')
await running.stop()
progress.print('Souk has stopped.')
process.exit(0)
