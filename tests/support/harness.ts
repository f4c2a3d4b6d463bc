import { generateKeyPair, type CryptoKey } from 'jose'

import {
  compose,
  givenOn,
  type Given,
  type Settings,
  type SubgraphName,
  type Subgraphs,
} from '../../embedded/composition/compose.ts'
import { subgraphsConfig, type SubgraphsConfig } from '../../embedded/composition/config.ts'
import { postgresBus } from '../../platform/bus/postgres/bus.ts'
import type { Bus } from '../../platform/messaging/bus.ts'
import type { Contract } from '../../platform/messaging/contract.ts'
import { outgoing, type Message } from '../../platform/messaging/message.ts'
import { systemClock, type Clock } from '../../platform/clock.ts'
import type { HasEnded } from '../../platform/identity/ended-sessions.ts'
import { memoryEndedSessions } from '../../platform/identity/memory-ended-sessions.ts'
import { passportOffice, type PassportOffice } from '../../platform/identity/passport.ts'
import { visitor, type Viewer } from '../../platform/identity/viewer.ts'
import { newUuid } from '../../platform/ids.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { stampMessages } from '../../platform/messaging/outbox.ts'
import type { PostgresDatabase } from '../../platform/postgres/database.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'
import { createTestDatabase } from './postgres.ts'

export interface Answer {
  // Tests read into answers freely; their shape is what they assert.
  readonly data: Record<string, unknown> | null | undefined
  readonly errors: readonly {
    readonly message: string
    readonly code: unknown
    readonly path: unknown
    readonly retryAfter?: unknown
  }[]
}

export interface Question {
  readonly query: string
  readonly variables?: Record<string, unknown>
  readonly viewer?: Viewer
  readonly clientAddress?: string
}

export interface AddOptions extends Partial<Omit<Settings, 'config'>> {
  readonly config?: Partial<SubgraphsConfig>
  /** Known to the harness by another name than its own; for a second one of the kind. */
  readonly as?: string
  /** Changes what it is given. */
  given?(given: Given): Given
}

export interface Harness {
  readonly bus: Bus
  /** What a gateway in front of the subgraphs signs with. */
  readonly passports: PassportOffice
  /** What they are verified by. */
  readonly passportKey: CryptoKey
  /** What users has announced of sessions. */
  readonly hasEnded: HasEnded
  /** Gives the subgraph a database of its own, real passports and the bus, puts it together as production does, and starts it. */
  add<Name extends SubgraphName>(name: Name, options?: AddOptions): Promise<Subgraphs[Name]>
  databaseOf(subgraph: string): PostgresDatabase
  ask(subgraph: string, question: Question): Promise<Answer>
  /** Publishes a message as if a neighbour had. */
  publish<Data>(contract: Contract<Data>, message: { key: string; version: number; data: Data }): Promise<Message>
  /** All messages of a type on the bus: the whole log, or the state as it is. */
  published<Data>(contract: Contract<Data>): Promise<Message<Data>[]>
  /** Delivers the whole log once more, as a crash before the acknowledgement would, and waits until it is handled. */
  redeliver(): Promise<void>
  /** Resolves when every subgraph has handled all there is, and what came of that. */
  settled(): Promise<void>
  stop(): Promise<void>
}

/** Real subgraphs on a real bus and real databases, in this process, with no gateway and no port. */
export async function createHarness(
  options: { clock?: Clock; retryPauses?: readonly number[] } = {},
): Promise<Harness> {
  const clock = options.clock ?? systemClock
  const log = createLogger('silent')
  const busDatabase = await createTestDatabase()
  const { retryPauses } = options
  const bus = await postgresBus({
    connection: busDatabase.config,
    newId: newUuid,
    log,
    ...(retryPauses === undefined ? {} : { retryPauses }),
  })
  const { privateKey, publicKey } = await generateKeyPair('EdDSA')
  const passports = passportOffice({ privateKey, clock })
  const ended = memoryEndedSessions(clock)
  const members = new Map<string, { subgraph: Subgraph; database: PostgresDatabase; drop(): Promise<void> }>()

  function member(name: string) {
    const found = members.get(name)
    if (found === undefined) throw new Error(`${name} was not added to the harness`)
    return found
  }

  async function settled(): Promise<void> {
    // Each pass lets every subgraph handle what the others published in the one before; quiet when nothing new came.
    for (let before = -1, now = 0; before !== now;) {
      before = await positionOf(busDatabase.pool)
      for (const { subgraph } of members.values()) await subgraph.settled()
      now = await positionOf(busDatabase.pool)
    }
  }

  return {
    bus,
    passports,
    passportKey: publicKey,
    hasEnded: ended.hasEnded,
    settled,
    async redeliver() {
      await busDatabase.pool.query(
        `insert into delivery (consumer, position, key)
         select consumer, position, key from log join subscription using (type) where stream = 'log'
         on conflict do nothing`,
      )
      await settled()
    },
    async add<Name extends SubgraphName>(name: Name, options: AddOptions = {}) {
      const { config, as = name, given = (unchanged: Given) => unchanged, ...outside } = options
      const { config: connection, drop } = await createTestDatabase()
      const own = givenOn({ name: as, connection, bus, passportKey: publicKey, clock, log })
      const subgraph = compose[name](given(own), {
        config: { ...subgraphsConfig.parse({}), ...config },
        deliver: () => Promise.resolve(),
        announceEnded: ended.announce,
        ...outside,
      })
      members.set(as, { subgraph, database: own.database, drop })
      await subgraph.start()
      return subgraph
    },
    databaseOf: (name) => member(name).database,
    async ask(name, { query, variables, viewer = visitor, clientAddress }) {
      const { data, errors = [] } = await member(name).subgraph.execute({
        query,
        variables,
        passport: await passports(viewer, name),
        clientAddress,
      })
      // GraphQL's results have no prototype, which no assertion library takes for an equal object.
      const plain: Answer['data'] = data === undefined ? undefined : structuredClone(data)
      return {
        data: plain,
        errors: errors.map(({ message, extensions, path }) => ({
          message,
          code: extensions.code,
          path,
          ...('retryAfter' in extensions && { retryAfter: extensions.retryAfter }),
        })),
      }
    },
    async publish(contract, message) {
      const [stamped] = stampMessages([outgoing(contract, message)], { source: 'test', clock, newId: newUuid })
      if (stamped === undefined) throw new Error('nothing to publish')
      await bus.publish(stamped.stream, [stamped.message])
      return stamped.message
    },
    async published<Data>(contract: Contract<Data>) {
      const { rows } = await busDatabase.pool.query<{ message: Message }>(
        `select message from ${contract.stream} where type = $1 order by position`,
        [contract.type],
      )
      return rows.map(({ message }) => ({ ...message, data: contract.data.parse(message.data) }))
    },
    async stop() {
      await Promise.all([...members.values()].map(({ subgraph }) => subgraph.stop()))
      await bus.stop()
      await Promise.all([...members.values()].map(({ database }) => database.close()))
      await Promise.all([...members.values()].map(({ drop }) => drop()))
      await busDatabase.drop()
    },
  }
}

async function positionOf(pool: { query(text: string): Promise<{ rows: { last_value: string }[] }> }): Promise<number> {
  const { rows } = await pool.query('select last_value from position_sequence')
  return Number(rows[0]?.last_value ?? 0)
}
