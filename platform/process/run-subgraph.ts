import { fileURLToPath } from 'node:url'

import { importSPKI } from 'jose'

import { systemClock } from '../clock.ts'
import { ConfigError } from '../config.ts'
import { passportAlgorithm, passportControl } from '../identity/passport.ts'
import { readSubgraphList } from '../subgraph/list.ts'
import { createLogger, type Logger } from '../telemetry/logging.ts'
import { Stack } from '../work/stack.ts'
import { assertBusIsNamed, openBus } from './bus.ts'
import { readProcessConfig, type ProcessConfig } from './config.ts'
import type { HeldSubgraph, SubgraphProcess } from './definition.ts'
import { runProcess } from './life.ts'
import { openSubgraph } from './open-subgraph.ts'
import { subgraphServer } from './server.ts'
import { untilDone } from './until-done.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Runs one subgraph as this process: it listens at once, and answers when its stores and the bus have come up. */
export function runSubgraph<Config extends ProcessConfig>(definition: SubgraphProcess<Config>): Promise<void> {
  const { name } = definition
  return runProcess({
    name,
    async start() {
      const config = readProcessConfig(definition.config)
      assertBusIsNamed(config)
      const log = createLogger(config.LOG_LEVEL).child({ subgraph: name })
      const publicKey = await readPublicKey(config)
      const passports = passportControl({ publicKey, subgraph: name, clock: systemClock })
      const held: { subgraph?: HeldSubgraph } = {}
      const server = subgraphServer({ subgraph: () => held.subgraph, passports, log })
      const { port } = await server.listen({ host: config.HOST, port: config.PORT ?? listedPort(name) })
      log.info({ port }, 'listening')

      const stopping = new AbortController()
      const attempts = untilDone(() => attempt(definition, { config, passports, log }), {
        log,
        signal: stopping.signal,
      })
      const opened = attempts.then(
        ({ subgraph, stop }) => {
          held.subgraph = subgraph
          log.info('ready')
          return stop
        },
        // Called off: there is nothing to stop.
        () => () => Promise.resolve(),
      )
      return {
        log,
        async stop() {
          stopping.abort()
          // What a request in hand waits for may be a message, so messages are taken until the last is answered.
          await server.close()
          const stop = await opened
          await stop()
        },
      }
    },
  })
}

interface AttemptParts<Config extends ProcessConfig> {
  readonly config: Config
  readonly passports: ReturnType<typeof passportControl>
  readonly log: Logger
}

/** Whole or not at all: what an attempt that fails has opened is closed again. */
async function attempt<Config extends ProcessConfig>(
  definition: SubgraphProcess<Config>,
  parts: AttemptParts<Config>,
): Promise<{ subgraph: HeldSubgraph; stop(): Promise<void> }> {
  const stack = new Stack()
  try {
    const bus = await openBus(parts.config, parts.log)
    stack.onStop(() => bus.stop())
    const subgraph = await openSubgraph(definition, { ...parts, bus, stack })
    return { subgraph, stop: () => stack.stop() }
  } catch (thrown) {
    await stack.stop().catch((err: unknown) => parts.log.warn({ err }, 'what was opened could not be closed'))
    throw thrown
  }
}

async function readPublicKey({ PASSPORT_PUBLIC_KEY: pem }: ProcessConfig) {
  try {
    return await importSPKI(pem, passportAlgorithm)
  } catch (cause) {
    throw new ConfigError('PASSPORT_PUBLIC_KEY is not valid: expected a public key of Ed25519 as PEM', { cause })
  }
}

/** Where supergraph.yaml says that it listens. */
function listedPort(subgraph: string): number {
  const url = readSubgraphList(root).find(({ name }) => name === subgraph)?.url
  if (url === undefined) throw new ConfigError(`supergraph.yaml does not list ${subgraph}`)
  return Number(new URL(url).port)
}
