import type { JetStreamClient, JetStreamManager } from 'nats'

import type { Contract } from '../../messaging/contract.ts'
import type { Logger } from '../../telemetry/logging.ts'
import type { Connected } from './connection.ts'

/** What the parts of one connected bus share. */
export interface BusParts extends Connected {
  readonly jetstream: JetStreamClient
  readonly manager: JetStreamManager
  /** By type. */
  readonly contracts: ReadonlyMap<string, Contract>
  readonly log: Logger
  /** Milliseconds before each further attempt of a handler. */
  readonly retryPauses: readonly number[]
}
