import { join } from 'node:path'

import type { CryptoKey } from 'jose'
import type { PoolConfig } from 'pg'

import { systemClock } from '../../platform/clock.ts'
import type { AnnounceEnded } from '../../platform/identity/ended-sessions.ts'
import type { Bus } from '../../platform/messaging/bus.ts'
import type { PostgresDatabase } from '../../platform/postgres/database.ts'
import type { AskGraph } from '../../platform/subgraph/ask-graph.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import { mailDelivery } from '../../subgraphs/notifications/delivery/mail.ts'
import { compose, composeAll, givenOn, type Given, type Subgraphs } from './compose.ts'
import { assertSameSubgraphs, listedSubgraphs } from './names.ts'
import { proposalSecret } from './proposal-secret.ts'
import type { EmbeddedConfig } from '../config.ts'

export type { Subgraphs } from './compose.ts'

interface CompositionParts {
  readonly config: EmbeddedConfig
  /** How to reach the database of a subgraph. */
  readonly connect: (subgraph: string) => PoolConfig
  readonly bus: Bus
  readonly passportKey: CryptoKey
  readonly announceEnded: AnnounceEnded
  /** For the assistant. */
  readonly askGraph: AskGraph
  readonly log: Logger
}

/** All nine, each with a database of its own on the one PostgreSQL. */
export function createSubgraphs(parts: CompositionParts): {
  readonly subgraphs: Subgraphs
  readonly databases: readonly PostgresDatabase[]
} {
  const { config, connect, bus, passportKey, announceEnded, askGraph, log } = parts
  assertSameSubgraphs(Object.keys(compose), listedSubgraphs())
  const databases: PostgresDatabase[] = []

  function given(name: string): Given {
    const connection = connect(name)
    const own = givenOn({
      ...{ name, connection, bus, passportKey },
      clock: systemClock,
      log: log.child({ subgraph: name }),
    })
    databases.push(own.database)
    return own
  }

  const settings = { ...config, PROPOSAL_SECRET: proposalSecret(config) }
  return {
    subgraphs: composeAll(given, { config: settings, deliver: deliveryBy(config), announceEnded, askGraph }),
    databases,
  }
}

function deliveryBy({ SMTP_URL: url, MAIL_FROM: from, SOUK_DATA_DIR: folder }: EmbeddedConfig) {
  return mailDelivery({ url, from, folder: join(folder, 'mail') })
}
