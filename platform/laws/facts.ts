import { isDeepStrictEqual } from 'node:util'

import type { Contract } from '../messaging/contract.ts'
import type { Law, Questions } from './law.ts'

/** Something that a store keeps, whole. */
export interface Fact {
  readonly key: string
  /** The key of the message that carries it. */
  readonly messageKey: string
  readonly fact: unknown
}

/** The newest message of a key. */
export interface StateMessage {
  readonly key: string
  readonly version: number
  readonly data: unknown
}

/** What a bus reports of itself, whatever it runs on. Keys are those of messages. */
export interface BusLaws {
  readonly laws: readonly Law[]
  /** The newest message of each key. */
  states(type: string): Promise<StateMessage[]>
  /** Keys of state that the reader has not been handed yet. */
  stateOnTheWay(reader: string, type: string): Promise<ReadonlySet<string>>
  /** Keys of messages of the log that the consumer has not handled yet. */
  logOnTheWay(consumer: string, type: string): Promise<ReadonlySet<string>>
  /** Keys of messages that have been published long enough for everybody to have handled them. */
  publishedLongAgo(type: string): Promise<ReadonlySet<string>>
}

/** What an owner publishes as state, by its own store. */
export interface OwnState {
  readonly type: string
  /** Each with the version and the data of its message. */
  facts(): Promise<Fact[]>
  /** What the data of a published message mean today, where they were once less. */
  read?(data: unknown): unknown
}

/** A message that a crash or a fault has left in the outbox. */
export interface LateMessage {
  readonly id: string
  readonly type: string
}

/** What is reported of the outbox that lies in a store. */
export interface OutboxFacts {
  /** Messages that should have been published by now. */
  late(): Promise<LateMessage[]>
  /** Keys of the messages of a type that are not published yet. */
  unpublished(type: string): Promise<ReadonlySet<string>>
}

/** What a store keeps of others' state messages. */
export interface ReadModel {
  /** `<owner>.<table>` */
  readonly name: string
  /** Its reader's name on the bus. */
  readonly reader: string
  /** The messages it is made of. */
  readonly type: string
  /** What one message makes. */
  expected(message: StateMessage): readonly Fact[]
  found(): Promise<Fact[]>
}

/** A read model of rows that are each made by one message, by whatever driver they are kept. */
export interface ReadModelRows<Data> {
  /** `<owner>.<what it reads>` */
  readonly reader: string
  readonly contract: Contract<Data>
  readonly table: string
  /** The rows that one message makes, without what names them. */
  rowsFrom(data: Data, version: number): readonly (readonly [key: string, row: object])[]
}

export function readModelOf<Data>(model: ReadModelRows<Data>, found: () => Promise<Fact[]>): ReadModel {
  const { reader, contract, table, rowsFrom } = model
  return {
    name: `${reader.split('.', 1)[0]}.${table}`,
    reader,
    type: contract.type,
    found,
    expected: ({ key: messageKey, version, data }) =>
      rowsFrom(contract.data.parse(data), version).map(([key, fact]) => ({ key, messageKey, fact })),
  }
}

export function readModelTable<Data>(store: Questions, model: ReadModelRows<Data> & CopyTable): ReadModel {
  return readModelOf(model, () => rowsOf(store, model))
}

/** @param query selects `key`, `"messageKey"` and `fact` */
export async function factsBy(store: Questions, query: string): Promise<Fact[]> {
  return (await store.query<Fact>(query)).rows
}

interface CopyTable {
  readonly table: string
  /** The column that names a row. */
  readonly key: string
  /** The column with the key of the message that carries the row; that which names it unless given. */
  readonly messageKey?: string
}

/** Whole rows: a column that is added one day is compared from then on. */
function rowsOf(store: Questions, { table, key, messageKey = key }: CopyTable): Promise<Fact[]> {
  return factsBy(
    store,
    `select ${key} as key, ${messageKey} as "messageKey", to_jsonb(copy) - '${key}' as fact from ${table} as copy`,
  )
}

/** What two sides have of the same things, looked at from both: one sentence for each thing that is not alike. */
export function differences(expected: readonly Fact[], found: readonly Fact[]): string[] {
  const there = new Map(found.map(({ key, fact }) => [key, fact]))
  const wrong = expected
    .filter(({ key, fact }) => !isDeepStrictEqual(there.get(key), fact))
    .map(({ key, fact }) => `${key} is ${shown(there.get(key))}, and should be ${shown(fact)}`)
  const known = new Set(expected.map(({ key }) => key))
  const surplus = found
    .filter(({ key }) => !known.has(key))
    .map(({ key, fact }) => `${key} is ${shown(fact)}, and should not be there`)
  return [...wrong, ...surplus]
}

/** Without what is still on its way: there the two sides may differ for a while. */
export function settledFacts(facts: readonly Fact[], onTheWay: ReadonlySet<string>): Fact[] {
  return facts.filter(({ messageKey }) => !onTheWay.has(messageKey))
}

function shown(fact: unknown): string {
  return fact === undefined ? 'missing' : JSON.stringify(fact)
}
