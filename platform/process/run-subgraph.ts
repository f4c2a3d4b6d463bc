import { fileURLToPath } from 'node:url'

import { importSPKI, type CryptoKey } from 'jose'

import { systemClock } from '../clock.ts'
import { ConfigError, parseConfig, type Environment } from '../config.ts'
import { passportAlgorithm, passportControl, type PassportControl } from '../identity/passport.ts'
import type { Contract } from '../messaging/contract.ts'
import { readSubgraphList } from '../subgraph/list.ts'
import { createLogger, type Logger } from '../telemetry/logging.ts'
import { doneWithin } from '../work/deadline.ts'
import { Stack } from '../work/stack.ts'
import { assertBusIsNamed, openBus } from './bus.ts'
import { processConfig, processEnvironment, type ProcessConfig } from './config.ts'
import type { HeldSubgraph, SubgraphProcess } from './definition.ts'
import { runProcess, type Started } from './life.ts'
import { openSubgraph } from './open-subgraph.ts'
import { subgraphServer } from './server.ts'
import { untilDone } from './until-done.ts'

/** Milliseconds that an attempt to open is waited for when the process is to end. */
const openingPatience = 1_000

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Runs one subgraph as this process: it listens at once, and answers when its stores and the bus have come up. */
export function runSubgraph<Config>(
  definition: SubgraphProcess<Config>,
  contracts: readonly Contract[],
): Promise<void> {
  const { name } = definition
  return runProcess({ name, start: () => startSubgraph(definition, { contracts, environment: processEnvironment() }) })
}

interface StartParts {
  readonly environment: Environment
  /** All messages there are. */
  readonly contracts: readonly Contract[]
}

async function startSubgraph<Config>(
  definition: SubgraphProcess<Config>,
  { environment, contracts }: StartParts,
): Promise<Started> {
  const { name } = definition
  const config = parseConfig(processConfig, environment)
  assertBusIsNamed(config)
  parseConfig(definition.config, environment)
  const log = createLogger(config.LOG_LEVEL).child({ subgraph: name })
  const passports = passportControl({ publicKey: await publicKeyOf(config), subgraph: name, clock: systemClock })

  let opened: Opened | undefined
  const server = subgraphServer({ subgraph: () => opened?.subgraph, passports, log })
  const { port } = await server.listen({ host: config.HOST, port: config.PORT ?? listedPort(name) })
  log.info({ port }, 'listening')

  const stopping = new AbortController()
  const { signal } = stopping
  const opening = untilDone(() => open(definition, { config, environment, contracts, passports, log }), {
    log,
    signal,
  }).then(
    (result) => {
      opened = result
      log.info('ready')
    },
    (thrown: unknown) => {
      // Called off; or what is configured cannot be, and then the process ends by it.
      if (!signal.aborted) throw thrown
    },
  )
  return {
    log,
    async stop() {
      stopping.abort()
      // What a request in hand waits for may be a message, so messages are taken until the last request is answered.
      await server.close()
      // An attempt to open waits for stores as long as it takes; broken off, it is as after a crash.
      await doneWithin(openingPatience, () => opening)
      await opened?.stop()
    },
  }
}

interface Opened {
  readonly subgraph: HeldSubgraph
  stop(): Promise<void>
}

interface OpenParts extends StartParts {
  readonly config: ProcessConfig
  readonly passports: PassportControl
  readonly log: Logger
}

/** Whole or not at all: what an attempt that fails has opened is closed again. */
async function open<Config>(definition: SubgraphProcess<Config>, parts: OpenParts): Promise<Opened> {
  const stack = new Stack()
  try {
    const bus = await openBus(parts.config, parts)
    stack.onStop(() => bus.stop())
    const subgraph = await openSubgraph(definition, { ...parts, bus, stack })
    return { subgraph, stop: () => stack.stop() }
  } catch (thrown) {
    await stack.stop().catch((err: unknown) => parts.log.warn({ err }, 'what was opened could not be closed'))
    throw thrown
  }
}

async function publicKeyOf({ PASSPORT_PUBLIC_KEY: pem }: ProcessConfig): Promise<CryptoKey> {
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
