import type { JetStreamClient, JetStreamManager } from 'nats'

import type { NewId } from '../../ids.ts'
import type { Contract } from '../../messaging/contract.ts'
import type { Logger } from '../../telemetry/logging.ts'
import { retryPauses } from '../../messaging/retry.ts'
import { connectNats, type Connected, type Credentials } from './connection.ts'

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

export interface NatsBusOptions {
  /** Several servers are one cluster; an address may hold the user and the password. */
  readonly servers: string | readonly string[]
  readonly credentials?: Credentials
  /** All messages there are: what is published and consumed is held to them. */
  readonly contracts: readonly Contract[]
  readonly newId: NewId
  readonly log: Logger
  /** On how many servers of a cluster everything is kept: three where three servers are given, unless given. */
  readonly copies?: number | undefined
  /** Milliseconds before each further attempt; tests shorten them. */
  readonly retryPauses?: readonly number[]
  /** Milliseconds after which no first connection is tried any more; for ever unless given. */
  readonly patience?: number
}

/** Milliseconds. */
const requestPatience = 5_000

export async function connectParts(options: NatsBusOptions): Promise<BusParts> {
  const { servers, credentials, contracts, newId, log, patience } = options
  const connected = await connectNats({
    ...{ servers, credentials, name: `souk-bus/${newId()}`, log },
    ...(patience !== undefined && { patience }),
  })
  const settings = { timeout: requestPatience, checkAPI: false }
  return {
    ...connected,
    jetstream: connected.connection.jetstream(settings),
    manager: await connected.connection.jetstreamManager(settings),
    contracts: new Map(contracts.map((contract) => [contract.type, contract])),
    log,
    retryPauses: options.retryPauses ?? retryPauses,
  }
}
