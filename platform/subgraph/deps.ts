import type { Bus } from '../messaging/bus.ts'
import type { Clock } from '../clock.ts'
import type { PassportControl } from '../identity/passport.ts'
import type { NewId } from '../ids.ts'
import type { Logger } from '../telemetry/logging.ts'
import type { Database } from '../postgres/database.ts'

/** What every subgraph is given by the process that holds it. */
export interface SubgraphDependencies {
  /** The subgraph's own; nobody else's. */
  readonly database: Database
  readonly bus: Bus
  readonly passports: PassportControl
  readonly clock: Clock
  readonly newId: NewId
  /** Names the subgraph in every line. */
  readonly log: Logger
}
