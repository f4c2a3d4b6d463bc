import { generateKeyPair } from 'jose'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { givenOn } from '../../embedded/composition/compose.ts'
import { connectionTo, ensureDatabases } from '../../embedded/postgres/databases.ts'
import { startPostgres } from '../../embedded/postgres/supervisor.ts'
import { postgresBus } from '../../platform/bus/postgres/bus.ts'
import { systemClock } from '../../platform/clock.ts'
import { passportOffice } from '../../platform/identity/passport.ts'
import type { Viewer } from '../../platform/identity/viewer.ts'
import { newUuid } from '../../platform/ids.ts'
import type { Bus } from '../../platform/messaging/bus.ts'
import type { PostgresDatabase } from '../../platform/postgres/database.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { Stack } from '../../platform/work/stack.ts'
import { recommendationsConfig, type RecommendationsConfig } from '../../subgraphs/recommendations/config.ts'
import { postgresRecommendationStores } from '../../subgraphs/recommendations/stores/postgres/stores.ts'
import type { RecommendationStores } from '../../subgraphs/recommendations/stores/store.ts'
import {
  createRecommendationsSubgraph,
  type RecommendationsSubgraph,
} from '../../subgraphs/recommendations/subgraph.ts'

/** Answers from the graph of the subgraph. @throws where it answers with an error */
export type Ask = (query: string, variables: Readonly<Record<string, unknown>>, viewer?: Viewer) => Promise<unknown>

/** A replica of recommendations on the one database. */
export interface Replica {
  readonly subgraph: RecommendationsSubgraph
  readonly stores: RecommendationStores
  readonly database: PostgresDatabase
  readonly ask: Ask
}

/** A PostgreSQL and a bus of its own, on which nothing but recommendations runs. */
export interface Ground {
  readonly bus: Bus
  /** Puts together one more replica; `subgraph.start` is the caller's. */
  open(config: Partial<RecommendationsConfig>): Replica
  stop(): Promise<void>
}

export async function openGround(): Promise<Ground> {
  const stack = new Stack()
  const { socketDir, bus, passports, passportKey } = await openServers(stack)
  return {
    bus,
    open(config) {
      const { database, ...given } = givenOn({
        name: 'recommendations',
        connection: connectionTo(socketDir, 'recommendations'),
        ...{ bus, passportKey, clock: systemClock, log },
      })
      const stores = postgresRecommendationStores(database)
      // Whoever waits for an evaluation waits for the training as well.
      const whole = { ...recommendationsConfig.parse({}), RECOMMENDATIONS_NICENESS: 0, ...config }
      const subgraph = createRecommendationsSubgraph({ ...given, stores }, whole)
      stack.onStop(() => database.close())
      stack.onStop(() => subgraph.stop())
      return {
        ...{ subgraph, stores, database },
        async ask(query, variables, viewer = somebody) {
          const passport = await passports(viewer, 'recommendations')
          const { data, errors } = await subgraph.execute({ query, variables, passport })
          if (errors !== undefined) throw new Error(JSON.stringify(errors))
          return data
        },
      }
    },
    stop: () => stack.stop(),
  }
}

/** A session, since who has none takes part in no experiment. */
const somebody: Viewer = { kind: 'guest', id: newUuid() }

const log = createLogger('warn')

async function openServers(stack: Stack) {
  const folder = await mkdtemp(join(tmpdir(), 'souk-evaluate-'))
  stack.onStop(() => rm(folder, { recursive: true, force: true }))
  // PostgreSQL's user, another than ours when we are root, must get through.
  await chmod(folder, 0o711)
  const postgres = await startPostgres({ dataDir: join(folder, 'data'), log, durable: false })
  stack.onStop(() => postgres.stop())
  await ensureDatabases(postgres.socketDir, ['bus', 'recommendations'])
  const bus = await postgresBus({ connection: connectionTo(postgres.socketDir, 'bus'), newId: newUuid, log })
  stack.onStop(() => bus.stop())
  const { privateKey, publicKey } = await generateKeyPair('EdDSA')
  const passports = passportOffice({ privateKey, clock: systemClock })
  return { socketDir: postgres.socketDir, bus, passports, passportKey: publicKey }
}
