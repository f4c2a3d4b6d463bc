import type pg from 'pg'

import type { NewId } from '../../ids.ts'
import type { Logger } from '../../telemetry/logging.ts'

/** What the loops of one connected process share. */
export interface BusParts {
  /** Commits durably: for what is published. */
  readonly durable: pg.Pool
  /** Commits without waiting for the disk: what such a commit loses is only done again. */
  readonly relaxed: pg.Pool
  /** Names this process in its claims. */
  readonly process: string
  readonly newId: NewId
  readonly log: Logger
  readonly retryPauses: readonly number[]
  /** How often the listening connection has been made; undefined while it is away. */
  readonly listeningEpoch: () => number | undefined
}

/** A subscription's loop as the bus sees it: woken when one of its types has come. */
export interface Wakeable {
  readonly types: readonly string[]
  wake(): void
  /** Nobody is notified of news any more, until it is woken. */
  disconnected?(): void
}
