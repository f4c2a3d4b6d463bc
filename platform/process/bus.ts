import { postgresBus } from '../bus/postgres/bus.ts'
import { ConfigError } from '../config.ts'
import { newUuid } from '../ids.ts'
import type { Bus } from '../messaging/bus.ts'
import { databasePatience } from '../postgres/config.ts'
import type { Logger } from '../telemetry/logging.ts'
import type { GroundConfig } from './config.ts'

/** Connections of each of the bus's two pools: nine processes share one server. */
const poolSize = 3

/** @throws ConfigError when no bus is named */
export function assertBusIsNamed({ NATS_URL, BUS_DATABASE_URL }: GroundConfig): void {
  if (NATS_URL === undefined && BUS_DATABASE_URL === undefined) {
    throw new ConfigError(
      'NATS_URL is missing: expected the address of NATS, or that of a database in BUS_DATABASE_URL',
    )
  }
}

/** Connects to the bus that the configuration names. */
export function openBus(config: GroundConfig, log: Logger): Promise<Bus> {
  assertBusIsNamed(config)
  const connection = { connectionString: config.BUS_DATABASE_URL, ...databasePatience(config) }
  return postgresBus({ connection, poolSize, newId: newUuid, log })
}
