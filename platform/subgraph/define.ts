import type { SingleConsumer, StateReader, Subscription } from '../messaging/bus.ts'
import type { Viewer } from '../identity/viewer.ts'
import { consumeOnce, type Handler } from '../messaging/handler.ts'
import { relayOutbox, type OutboxRelay } from '../messaging/relay.ts'
import { unlessAborted } from '../work/deadline.ts'
import { allToTheEnd } from '../work/stack.ts'
import type { Stores, SubgraphDependencies } from './deps.ts'
import { subgraphExecutor } from './execute.ts'
import { subgraphSchema, type SchemaParts } from './schema.ts'
import type { Subgraph, SubgraphRequest } from './subgraph.ts'

/** Work that goes on by itself beside requests and messages: due timers, deliveries, an index. */
export interface Worker {
  stop(): Promise<void>
}

export interface SubgraphDefinition<Context, Store> extends SchemaParts {
  readonly name: string
  createContext(viewer: Viewer, request: SubgraphRequest): Context
  /** Its handlers of log messages; each takes effect once. */
  readonly handlers?: readonly Handler<Store>[]
  /** Types that its handlers handled in an earlier release, and no more. */
  readonly formerTypes?: readonly string[]
  /** For a store with no transaction to share: consumers that are idempotent by themselves. */
  readonly consumers?: readonly SingleConsumer[]
  /** The read models it keeps of others' state. */
  readonly stateReaders?: readonly StateReader[]
  /** Started last, stopped first. */
  startWorkers?(): Promise<readonly Worker[]> | readonly Worker[]
}

/** Puts a subgraph together from its parts. Its name is the consumer's name on the bus. */
export function defineSubgraph<Context, Store = unknown>(
  definition: SubgraphDefinition<Context, Store>,
  { stores: { storage }, bus, passports, log }: SubgraphDependencies<Stores<Store>>,
): Subgraph {
  const { name, createContext, handlers = [], formerTypes = [] } = definition
  const { inbox } = storage
  if (handlers.length > 0 && inbox === undefined) throw new Error(`${name} has handlers, and no inbox to share`)
  const schema = subgraphSchema(definition)
  const subscriptions: Subscription[] = []
  let workers: readonly Worker[] = []
  let relay: OutboxRelay | undefined

  return {
    name,
    ...subgraphExecutor({ schema, passports, log, createContext }),
    async start() {
      await storage.open()
      relay = relayOutbox({ outbox: storage.outbox, bus, log })
      const consuming = inbox !== undefined && handlers.length > 0 ? { inbox, handlers, formerTypes } : undefined
      const opening = [
        ...(definition.stateReaders ?? []).map((reader) => bus.readState(reader)),
        ...(definition.consumers ?? []).map((consumer) => bus.consume(consumer)),
        ...(consuming === undefined ? [] : [consumeOnce({ consumer: name, bus, ...consuming })]),
      ]
      // Each is noted as it opens, so that what a start that fails half-way has opened is stopped.
      await allToTheEnd(opening.map(async (subscription) => subscriptions.push(await subscription)))
      workers = [
        ...((await definition.startWorkers?.()) ?? []),
        ...(consuming === undefined ? [] : [consuming.inbox.startUpkeep()]),
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
    async ready(signal) {
      const answer = async () => {
        await storage.ready()
        return bus.ready()
      }
      return signal === undefined ? answer() : unlessAborted(answer, signal)
    },
  }
}
