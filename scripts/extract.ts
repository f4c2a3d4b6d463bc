/**
 * Runs the shop as `npm start` does, but one subgraph as a process of its own: `npm run extract -- cart`. With `--redis` it has
 * a Redis beside its database. Ctrl-C stops all of it; `npm start` takes the subgraph back.
 */
import { once } from 'node:events'

import { readConfig } from '../embedded/config.ts'
import { announcement } from '../embedded/console/announcement.ts'
import { explained } from '../embedded/console/explained.ts'
import { consoleProgress } from '../embedded/console/progress.ts'
import { unknownVariables } from '../embedded/unknown-variables.ts'
import { asError } from '../platform/errors.ts'
import { interrupted, onStopSignal } from '../platform/process/stop-signal.ts'
import { tryToBuildGraphiql } from './build-graphiql.js'
import { readExtractSettings } from './extract/settings.ts'
import { startExtracted, type Extracted } from './extract/start.ts'

const stopping = new AbortController()
const { signal } = stopping
const progress = consoleProgress((text) => process.stdout.write(text))
onStopSignal(() => {
  progress.print('Stopping; once more Ctrl-C ends at once.')
  stopping.abort()
})

/** Ends the process: with one line where it is known what to do. */
function fail(thrown: unknown, what = 'Souk cannot start'): never {
  if (signal.aborted) process.exit(interrupted)
  progress.endLine()
  console.error(`${what}: ${explained(asError(thrown))}`)
  process.exit(1)
}

async function start(): Promise<Extracted> {
  const { name, onRedis } = readExtractSettings(process.argv.slice(2))
  const config = readConfig()
  progress.print(`Souk, with ${name} apart`)
  const unknown = unknownVariables()
  if (unknown !== undefined) progress.print(`  ${unknown}`)
  const graphiql = { isBuilt: false }
  if (config.NODE_ENV !== 'production') {
    void tryToBuildGraphiql({ log: progress.printBetween, signal }).then((isBuilt) => (graphiql.isBuilt = isBuilt))
  }
  const extracted = await startExtracted({
    ...{ name, progress, onRedis, environment: process.env, signal },
    onLost: (error) => fail(error, 'Souk cannot go on'),
  })
  progress.print(`  ${name.padEnd(13)} ${extracted.address}, a process of its own`)
  for (const [variable, url] of Object.entries(extracted.otherStores))
    progress.print(`  ${variable.padEnd(13)} ${url.replace(/\/\/[^/@]*@/, '//...@')}`)
  for (const line of await announcement(extracted, config, graphiql)) progress.print(line)
  return extracted
}

const extracted = await start().catch((thrown: unknown) => fail(thrown))
if (!signal.aborted) await once(signal, 'abort')
await extracted.stop()
progress.print('Souk has stopped.')
process.exit(0)
