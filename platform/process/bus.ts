import { ConfigError } from '../config.ts'
import { newUuid } from '../ids.ts'
import type { Bus } from '../messaging/bus.ts'
import type { Contract } from '../messaging/contract.ts'
import { databasePatience } from '../postgres/config.ts'
import type { Logger } from '../telemetry/logging.ts'
import type { GroundConfig } from './config.ts'

/** Connections of each of the two pools that a bus on PostgreSQL has: many processes share one server. */
const poolSize = 3

interface BusParts {
  /** All messages there are. */
  readonly contracts: readonly Contract[]
  readonly log: Logger
}

/** @throws ConfigError when no bus is named */
export function assertBusIsNamed({ NATS_URL, BUS_DATABASE_URL }: GroundConfig): void {
  if (NATS_URL === undefined && BUS_DATABASE_URL === undefined) {
    throw new ConfigError(
      'NATS_URL is missing: expected the address of NATS, or that of a database in BUS_DATABASE_URL',
    )
  }
}

/** Milliseconds that one attempt to reach a bus takes at the most which nobody waits for. */
const attempt = 5_000

/** What watches state, and does nothing else on the bus. */
export type Watching = Pick<Bus, 'watchState' | 'stop'>

/**
 * Watches state on the bus that the configuration names; undefined where it names none. It connects when something is to be
 * watched: whoever finds the bus away asks again.
 */
export function watchingBus(config: GroundConfig, { log }: Pick<BusParts, 'log'>): Watching | undefined {
  if (config.NATS_URL === undefined && config.BUS_DATABASE_URL === undefined) return undefined
  let opened: Promise<Watching> | undefined
  return {
    async watchState(watcher) {
      opened ??= openWatching(config, log)
      const bus = await opened.catch((thrown: unknown) => {
        opened = undefined
        throw thrown
      })
      return bus.watchState(watcher)
    },
    async stop() {
      const bus = await opened?.catch(() => undefined)
      await bus?.stop()
    },
  }
}

async function openWatching(config: GroundConfig, log: Logger): Promise<Watching> {
  const { NATS_URL: servers } = config
  if (servers === undefined) return openBus(config, { contracts: [], log })
  const { natsWatching } = await import('../bus/nats/watching.ts')
  return natsWatching({ servers, newId: newUuid, log, patience: attempt })
}

/** Connects to the bus that the configuration names. A process reads the code of that one alone. */
export async function openBus(config: GroundConfig, { contracts, log }: BusParts): Promise<Bus> {
  assertBusIsNamed(config)
  const { NATS_URL: servers, NATS_COPIES: copies, BUS_DATABASE_URL: connectionString } = config
  if (servers !== undefined) {
    const { natsBus } = await import('../bus/nats/bus.ts')
    return natsBus({ servers, copies, contracts, newId: newUuid, log })
  }
  const { postgresBus } = await import('../bus/postgres/bus.ts')
  const connection = { connectionString, ...databasePatience(config) }
  return postgresBus({ connection, poolSize, newId: newUuid, log })
}
