import { systemClock } from '../clock.ts'
import { parseConfig, type Environment } from '../config.ts'
import type { PassportControl } from '../identity/passport.ts'
import { newUuid } from '../ids.ts'
import type { Bus } from '../messaging/bus.ts'
import { databasePatience } from '../postgres/config.ts'
import { postgresDatabase } from '../postgres/database.ts'
import type { Logger } from '../telemetry/logging.ts'
import type { Stack } from '../work/stack.ts'
import type { GroundConfig } from './config.ts'
import type { Ground, HeldSubgraph, SubgraphProcess } from './definition.ts'

/** Connections of each replica of a subgraph to its database. */
const poolSize = 6

interface OpenParts {
  readonly config: GroundConfig
  /** What the subgraph reads its own configuration from. */
  readonly environment: Environment
  readonly bus: Bus
  readonly passports: PassportControl
  readonly log: Logger
  /** Ends what is opened here. */
  readonly stack: Stack
}

/** Puts a subgraph on the stores that its configuration names, and starts it. @throws ConfigError */
export async function openSubgraph<Config, Held extends HeldSubgraph>(
  { name, create, config: schema }: SubgraphProcess<Config, Held>,
  { config, environment, bus, passports, log, stack }: OpenParts,
): Promise<Held> {
  const ground: Ground = {
    ...{ bus, passports, log, clock: systemClock, newId: newUuid },
    onStop: (end) => stack.onStop(end),
    postgres(url) {
      const connection = { connectionString: url, ...databasePatience(config) }
      const stamp = { source: name, clock: systemClock, newId: newUuid }
      const database = postgresDatabase({ connection, poolSize, stamp, log })
      stack.onStop(() => database.close())
      return database
    },
  }
  const subgraph = await create(parseConfig(schema, environment), ground)
  stack.onStop(() => subgraph.stop())
  await subgraph.start()
  return subgraph
}
