import type { Contract } from '../../messaging/contract.ts'
import { inboxOf } from './connection.ts'
import { undertaker } from './failed-messages/given-up.ts'
import { logDurable, partitions, readerDurable, streamNames, token } from './streams/subjects.ts'

/** What one service has to do with the bus. */
export interface BusService {
  /** Its user, and the name by which it consumes. */
  readonly name: string
  readonly publishes: readonly Contract[]
  /** Whether it consumes messages of the log. */
  readonly consumes: boolean
  /** Names of its state readers. */
  readonly readers: readonly string[]
  /** Whether it watches state. */
  readonly watches: boolean
  /** Whether it lists dead letters and has them handled again, for whichever consumer. */
  readonly replays: boolean
  /** Whether it does nothing but watch state: it can change nothing on the server. */
  readonly onlyWatches?: boolean
  /** Whether it changes streams that are there, for all: who may can also set limits that drop what a stream holds. */
  readonly adjusts: boolean
}

export interface Permissions {
  readonly publish: readonly string[]
  readonly subscribe: readonly string[]
}

const { log, state, waiting, dead, givenUp } = streamNames

/** The subjects that a service may use, and no others: it can publish nothing in another's name. */
export function permissionsOf(service: BusService): Permissions {
  const { name, publishes, consumes, readers, watches, onlyWatches, replays, adjusts } = service
  const subscribe = [`${inboxOf(name)}.>`]
  if (onlyWatches === true) return { publish: [`$JS.API.STREAM.INFO.${state}`, ...ofFollower(state)], subscribe }
  const durables = [
    ...(consumes
      ? Array.from({ length: partitions }, (_value, number) => [log, logDurable(name, number)] as const)
      : []),
    ...readers.flatMap((reader) => [log, state].map((stream) => [stream, readerDurable(reader)] as const)),
    [givenUp, undertaker] as const,
  ]
  return {
    publish: [
      ...publishes.map(({ stream, type }) => `souk.${stream}.${type}.>`),
      ...[...(consumes ? [name] : []), ...readers].map((consumer) => `souk.wake.${token(consumer)}.>`),
      // Whoever comes first buries what the server gave up, for whichever consumer.
      'souk.waiting.>',
      'souk.dead.>',
      ...everybody,
      ...durables.flatMap(([stream, durable]) => ofDurable(stream, durable)),
      ...(watches ? ofFollower(state) : []),
      ...(adjusts ? onEachStream(['UPDATE']) : []),
      ...(replays ? ['souk.again.>', `$JS.API.STREAM.MSG.DELETE.${dead}`, ...ofFollower(dead)] : []),
    ],
    subscribe,
  }
}

/** Streams that lack are made by whoever starts first, and nobody may remove one. */
const everybody: readonly string[] = [
  '$JS.API.INFO',
  ...onEachStream(['CREATE', 'INFO', 'MSG.GET']),
  `$JS.API.STREAM.MSG.DELETE.${waiting}`,
  `$JS.API.STREAM.PURGE.${waiting}`,
]

function onEachStream(requests: readonly string[]): readonly string[] {
  return Object.values(streamNames).flatMap((stream) =>
    requests.map((request) => `$JS.API.STREAM.${request}.${stream}`),
  )
}

function ofDurable(stream: string, durable: string): readonly string[] {
  const requests = ['CREATE', 'DURABLE.CREATE', 'INFO', 'DELETE', 'MSG.NEXT']
  return [
    ...requests.map((request) => `$JS.API.CONSUMER.${request}.${stream}.${durable}`),
    `$JS.ACK.${stream}.${durable}.>`,
  ]
}

/** Who follows a stream has a consumer that the server names. */
function ofFollower(stream: string): readonly string[] {
  return [
    `$JS.API.CONSUMER.CREATE.${stream}`,
    ...['INFO', 'DELETE', 'MSG.NEXT'].map((request) => `$JS.API.CONSUMER.${request}.${stream}.*`),
  ]
}
