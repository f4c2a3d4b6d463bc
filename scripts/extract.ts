/**
 * Runs the shop as `npm start` does, but one subgraph as a process of its own: `npm run extract -- cart`. With `--redis` it has
 * a Redis beside its database. Ctrl-C stops all of it; `npm start` takes the subgraph back.
 */
import { once } from 'node:events'
import { parseArgs } from 'node:util'

import { listedSubgraphs } from '../embedded/composition/names.ts'
import { consoleProgress } from '../embedded/console/progress.ts'
import { StartError } from '../embedded/start-error.ts'
import { ConfigError } from '../platform/config.ts'
import { interrupted, onStopSignal } from '../platform/process/stop-signal.ts'
import { startExtracted } from './extract/start.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { redis: { type: 'boolean', default: false } },
})
const [name = ''] = positionals
if (!listedSubgraphs().includes(name)) {
  console.error(`npm run extract -- <subgraph> [--redis]: one of ${listedSubgraphs().join(', ')}`)
  process.exit(1)
}

const stopping = new AbortController()
const progress = consoleProgress((text) => process.stdout.write(text))
onStopSignal(() => {
  progress.print('Stopping; once more Ctrl-C ends at once.')
  stopping.abort()
})

function fail(thrown: unknown): never {
  if (stopping.signal.aborted) process.exit(interrupted)
  progress.endLine()
  if (thrown instanceof StartError) console.error(`${thrown.message} ${thrown.cure}`)
  else console.error(thrown instanceof ConfigError ? thrown.message : thrown)
  process.exit(1)
}

progress.print(`Souk, with ${name} apart`)
const extracted = await startExtracted({
  ...{ name, progress, onRedis: values.redis, environment: process.env, signal: stopping.signal },
  onLost: fail,
}).catch(fail)
progress.print(`Souk is ready at ${extracted.url}/graphql, and ${name} at ${extracted.address}`)
if (!stopping.signal.aborted) await once(stopping.signal, 'abort')
await extracted.stop()
process.exit(0)
