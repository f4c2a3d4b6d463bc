import type { Bus } from '../messaging/bus.ts'
import type { Clock } from '../clock.ts'
import type { PassportControl } from '../identity/passport.ts'
import type { NewId } from '../ids.ts'
import type { Logger } from '../telemetry/logging.ts'
import type { Storage } from './storage.ts'

/** What a subgraph keeps things in: the storage, and the stores on it that the subgraph knows. */
export interface Stores<Store = unknown> {
  readonly storage: Storage<Store>
}

/** What a subgraph is given by the process that holds it. */
export interface SubgraphDependencies<Own extends Stores = Stores> {
  /** The subgraph's own; nobody else's. The composition has chosen their driver. */
  readonly stores: Own
  readonly bus: Bus
  readonly passports: PassportControl
  readonly clock: Clock
  readonly newId: NewId
  /** Names the subgraph in every line. */
  readonly log: Logger
}
