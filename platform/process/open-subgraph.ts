import { systemClock } from '../clock.ts'
import type { PassportControl } from '../identity/passport.ts'
import { newUuid } from '../ids.ts'
import type { Bus } from '../messaging/bus.ts'
import { databasePatience } from '../postgres/config.ts'
import { postgresDatabase } from '../postgres/database.ts'
import type { Logger } from '../telemetry/logging.ts'
import type { Stack } from '../work/stack.ts'
import type { ProcessConfig } from './config.ts'
import type { Ground, HeldSubgraph, SubgraphProcess } from './definition.ts'

/** Connections of each replica of a subgraph to its database. */
const poolSize = 6

interface OpenParts<Config extends ProcessConfig> {
  readonly config: Config
  readonly bus: Bus
  readonly passports: PassportControl
  readonly log: Logger
  /** Ends what is opened here. */
  readonly stack: Stack
}

/** Puts a subgraph on the stores that its configuration names, and starts it. */
export async function openSubgraph<Config extends ProcessConfig, Held extends HeldSubgraph>(
  { name, create }: SubgraphProcess<Config, Held>,
  { config, bus, passports, log, stack }: OpenParts<Config>,
): Promise<Held> {
  const ground: Ground = {
    bus,
    passports,
    log,
    clock: systemClock,
    newId: newUuid,
    onStop: (end) => stack.onStop(end),
    postgres(url) {
      const connection = { connectionString: url, ...databasePatience(config) }
      const stamp = { source: name, clock: systemClock, newId: newUuid }
      const database = postgresDatabase({ connection, poolSize, stamp, log })
      stack.onStop(() => database.close())
      return database
    },
  }
  const subgraph = await create(config, ground)
  stack.onStop(() => subgraph.stop())
  await subgraph.start()
  return subgraph
}
