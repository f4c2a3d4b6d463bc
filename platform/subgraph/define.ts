import type { Consumer, StateReader, Subscription } from '../messaging/bus.ts'
import type { TypeRules } from '../graphql/rules.ts'
import type { Viewer } from '../identity/viewer.ts'
import { consumeOnce, type Handler } from '../messaging/handler.ts'
import { keepInboxSmall } from '../postgres/inbox-upkeep.ts'
import { relayOutbox, type OutboxRelay } from '../postgres/relay.ts'
import { migrateSubgraph } from '../postgres/migrate.ts'
import type { SubgraphDependencies } from './deps.ts'
import { subgraphExecutor } from './execute.ts'
import { subgraphSchema } from './schema.ts'
import type { Subgraph, SubgraphRequest } from './subgraph.ts'

/** Work that goes on by itself beside requests and messages: due timers, deliveries, an index. */
export interface Worker {
  stop(): Promise<void>
}

export interface SubgraphDefinition<Context> {
  readonly name: string
  readonly schemaFile: URL
  /** Absolute path of the folder with the numbered SQL files; left out by who keeps no tables of its own. */
  readonly migrations?: string
  readonly resolvers: object
  readonly permissions: TypeRules
  createContext(viewer: Viewer, request: SubgraphRequest): Context
  /** Its handlers of log messages; each takes effect once. */
  readonly handlers?: readonly Handler[]
  /** For a store with no transaction to share: consumers that are idempotent by themselves. */
  readonly consumers?: readonly Consumer[]
  /** The read models it keeps of others' state. */
  readonly stateReaders?: readonly StateReader[]
  /** Started last, stopped first. */
  startWorkers?(): Promise<readonly Worker[]> | readonly Worker[]
}

/** Puts a subgraph together from its parts. Its name is the consumer's name on the bus. */
export function defineSubgraph<Context>(
  definition: SubgraphDefinition<Context>,
  { database, bus, passports, log }: SubgraphDependencies,
): Subgraph {
  const { name, createContext } = definition
  const schema = subgraphSchema(definition)
  let subscriptions: Subscription[] = []
  let workers: readonly Worker[] = []
  let relay: OutboxRelay | undefined

  return {
    name,
    execute: subgraphExecutor({ schema, passports, log, createContext }),
    async start() {
      await migrateSubgraph(database.pool, definition.migrations)
      relay = relayOutbox({ database, bus, log })
      const handlers = definition.handlers ?? []
      subscriptions = await Promise.all([
        ...(definition.stateReaders ?? []).map((reader) => bus.readState(reader)),
        ...(definition.consumers ?? []).map((consumer) => bus.consume(consumer)),
        ...(handlers.length === 0 ? [] : [consumeOnce({ consumer: name, bus, database, handlers })]),
      ])
      workers = [
        ...((await definition.startWorkers?.()) ?? []),
        ...(handlers.length === 0 ? [] : [keepInboxSmall({ database, log })]),
      ]
    },
    async settled() {
      await Promise.all(subscriptions.map((subscription) => subscription.caughtUp()))
      await relay?.drained()
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()))
      await Promise.all(subscriptions.map((subscription) => subscription.stop()))
      await relay?.stop()
    },
    async ready() {
      await database.ping()
      return bus.ready()
    },
  }
}
