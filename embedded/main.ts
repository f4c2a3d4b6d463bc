import { once } from 'node:events'

import { asError } from '../platform/errors.ts'
import { createLogger } from '../platform/telemetry/logging.ts'
import { announcement } from './console/announcement.ts'
import { readConfig } from './config.ts'
import { explained } from './console/explained.ts'
import { consoleProgress } from './console/progress.ts'
import { startSouk, type Souk } from './souk.ts'
import { interrupted, onStopSignal } from '../platform/process/stop-signal.ts'
import { unknownVariables } from './unknown-variables.ts'

interface Launcher {
  /** Builds the page where it is missing or outdated; resolves with whether it is there. */
  buildGraphiql(parts: { log(line: string): void; signal: AbortSignal }): Promise<boolean>
  /** How many SIGINT one Ctrl-C brings. */
  readonly perInterrupt: 1 | 2
}

const stopping = new AbortController()
// Once it is stopping, how long a step has taken is of no interest.
const progress = consoleProgress((text) => stopping.signal.aborted || process.stdout.write(text))

/** Souk as a process: ends it when a signal says so, or when there is no going on. */
export async function main(launcher: Launcher): Promise<void> {
  // Whoever read along may be gone (`npm start | head`), which is no reason to close a shop.
  process.stdout.on('error', () => undefined)
  onStopSignal(
    () => {
      progress.print('Stopping; once more Ctrl-C ends at once.')
      stopping.abort()
    },
    { perInterrupt: launcher.perInterrupt },
  )
  const { signal } = stopping
  const souk = await start(launcher, signal).catch((thrown: unknown) => {
    if (signal.aborted) process.exit(interrupted)
    return fail('Souk cannot start', thrown)
  })
  if (!signal.aborted) await once(signal, 'abort')
  await souk.stop().catch((thrown: unknown) => fail('Souk did not stop cleanly', thrown))
  process.exit(0)
}

async function start({ buildGraphiql }: Launcher, signal: AbortSignal): Promise<Souk> {
  const config = readConfig()
  const unknown = unknownVariables()
  if (unknown !== undefined) progress.print(`  ${unknown}`)
  const graphiql = { isBuilt: false }
  if (config.NODE_ENV !== 'production') {
    // Nobody waits for it: it is for people who develop, and the shop opens without it.
    void buildGraphiql({ log: progress.printBetween, signal }).then((isBuilt) => (graphiql.isBuilt = isBuilt))
  }
  const souk = await startSouk({
    config,
    log: createLogger(config.LOG_LEVEL),
    progress,
    signal,
    onLost: (error) => fail('Souk cannot go on', error),
  })
  const { url, subgraphs } = souk
  const isTraining = !config.apart.has('recommendations') && !subgraphs.recommendations.isTrained()
  for (const line of await announcement({ url, isTraining }, config, graphiql)) progress.print(line)
  // Half a second of work: nobody is to wait for it, neither for the shop to open nor, some moments later, for a plan.
  void souk.warm()
  return souk
}

/** Ends the process with one line on standard error that names the cause and the cure. */
function fail(what: string, thrown: unknown): never {
  progress.endLine()
  process.stderr.write(`${what}: ${explained(asError(thrown))}\n`)
  process.exit(1)
}
