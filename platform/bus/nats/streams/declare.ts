import { isDeepStrictEqual } from 'node:util'

import {
  DiscardPolicy,
  nanos,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
  type StreamConfig,
  type StreamUpdateConfig,
} from 'nats'

import { isForbidden, isNotFound } from '../failures.ts'
import { partitions, streamNames } from './subjects.ts'

const day = 86_400_000

/** How long a message of the log is kept, and so how late it can still be delivered. */
const logKeptFor = 7 * day
/** Within this a message that is published again is dropped by its id; the server has the ids of that time in memory. */
const duplicateWindow = 10 * 60_000

type Declared = Partial<StreamConfig> & Pick<StreamConfig, 'name' | 'subjects'>

/** What may never be dropped is refused instead, when there is no room for it. */
const kept = {
  storage: StorageType.File,
  discard: DiscardPolicy.New,
  retention: RetentionPolicy.Limits,
} as const

const logStream: Declared = {
  ...kept,
  name: streamNames.log,
  description: 'Everything that was said, and the errands of single consumers.',
  subjects: ['souk.log.>', 'souk.wake.>', 'souk.again.>'],
  max_age: nanos(logKeptFor),
  duplicate_window: nanos(duplicateWindow),
  metadata: { partitions: String(partitions) },
}

const declared: readonly Declared[] = [
  logStream,
  {
    ...kept,
    name: streamNames.state,
    description: 'The last message of each key.',
    subjects: ['souk.state.>'],
    max_msgs_per_subject: 1,
  },
  {
    ...kept,
    name: streamNames.waiting,
    description: 'What failed and is to be tried again, with what waits behind it: one record a key of a consumer.',
    subjects: ['souk.waiting.>'],
    // Who writes a record removes those before it. What a limit drops may come back when the server is killed.
    max_msgs_per_subject: -1,
    max_age: nanos(logKeptFor),
  },
  {
    ...kept,
    name: streamNames.dead,
    description: 'Dead letters.',
    subjects: ['souk.dead.>'],
    max_msgs_per_subject: 1,
  },
  {
    ...kept,
    name: streamNames.givenUp,
    description: 'Advisories of messages that were handed over too often.',
    subjects: [streamNames.log, streamNames.state].map(
      (stream) => `$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.${stream}.>`,
    ),
    retention: RetentionPolicy.Workqueue,
    max_age: nanos(logKeptFor),
  },
]

/**
 * Makes the streams of the server what they should be: those that lack are made, those that differ are changed, unless
 * that would lose what they hold.
 * @param copies on so many servers; a stream that has more keeps them
 * @throws Error when a stream is there that cannot become what it should be
 */
export async function declareStreams({ streams }: JetStreamManager, copies: number): Promise<void> {
  for (const declaration of declared) {
    const there = await streams.info(declaration.name).catch((thrown: unknown) => {
      if (isNotFound(thrown)) return undefined
      throw thrown
    })
    if (there === undefined) await streams.add({ ...declaration, num_replicas: copies })
    else await adjust(streams, { declaration, there: there.config, copies })
  }
}

interface Adjustment {
  readonly declaration: Declared
  readonly there: StreamConfig
  readonly copies: number
}

async function adjust(streams: JetStreamManager['streams'], { declaration, there, copies }: Adjustment): Promise<void> {
  refuseOther(there.name, 'storage', { there: there.storage, needed: declaration.storage })
  refuseOther(there.name, 'retention', { there: there.retention, needed: declaration.retention })
  refuseOther(there.name, 'number of partitions', {
    there: there.metadata?.partitions,
    needed: declaration.metadata?.partitions,
  })
  const { metadata, ...settings } = declaration
  const wanted: Partial<StreamUpdateConfig> = { ...settings, num_replicas: Math.max(copies, there.num_replicas) }
  if (!isDeepStrictEqual({ ...there, ...wanted }, { ...there }))
    await streams
      .update(there.name, { ...wanted, metadata: { ...there.metadata, ...metadata } })
      .catch(explainRefusal(there))
}

/** Not every user may change a stream: whoever cannot start tries again, and one that may comes. */
function explainRefusal({ name }: StreamConfig) {
  return (cause: unknown) => {
    if (!isForbidden(cause)) throw cause
    const problem = `The stream ${name} is not what it should be, and this user may not change it`
    throw new Error(`${problem}: who may (permissions.ts: \`adjusts\`) does so at its start.`, { cause })
  }
}

function refuseOther(stream: string, what: string, { there, needed }: { there: unknown; needed: unknown }): void {
  if (there === needed) return
  const change = `The ${what} of the stream ${stream} is ${String(there)} and should be ${String(needed)}`
  throw new Error(`${change}: no stream can be changed so. Let it run empty and remove it, or use another server.`)
}
