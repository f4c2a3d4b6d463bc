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

/** Connects to the bus that the configuration names. A process reads the code of that one alone. */
export async function openBus(config: GroundConfig, { contracts, log }: BusParts): Promise<Bus> {
  assertBusIsNamed(config)
  const { NATS_URL: servers, BUS_DATABASE_URL: connectionString } = config
  if (servers !== undefined) {
    const { natsBus } = await import('../bus/nats/bus.ts')
    return natsBus({ servers, contracts, newId: newUuid, log })
  }
  const { postgresBus } = await import('../bus/postgres/bus.ts')
  const connection = { connectionString, ...databasePatience(config) }
  return postgresBus({ connection, poolSize, newId: newUuid, log })
}
