import type { StateReader, Subscriber, Subscription } from '../../../messaging/bus.ts'
import type { Delivery } from '../../../messaging/hand-over.ts'
import { bury } from '../failed-messages/dead-letters.ts'
import type { BusParts } from '../parts.ts'
import { newestOfEach } from '../publish.ts'
import { newestOf } from '../streams/stored.ts'
import {
  errandOf,
  errandSubject,
  placeOf,
  readerDurable,
  slotOf,
  stateSubject,
  streamNames,
} from '../streams/subjects.ts'
import { lyingThere, readable, type Lying } from '../failed-messages/unreadable.ts'
import { revisionIn, waitingRoom, type Waiting, type WaitingRoom } from '../failed-messages/waiting.ts'
import { wakesOf, type Wakes } from '../failed-messages/wakes.ts'
import { settledUpTo } from './caught-up.ts'
import { declareConsumer, restartConsumer, type DurableConsumer } from './consumers.ts'
import type { Pulled } from './pull.ts'
import { receiveFrom } from './receive.ts'

const batchSize = 500
const mostInHand = 2 * batchSize
/** Milliseconds: what was sent together also arrives together. */
const shortestLinger = 5

interface Reading {
  readonly parts: BusParts
  readonly name: string
  readonly room: WaitingRoom
  readonly wakes: Wakes
}

/** Hands the newest state of each key to the reader, many keys at once. */
export async function readState(parts: BusParts, reader: StateReader): Promise<Subscription> {
  const { linger = shortestLinger, ...subscriber } = reader
  const { name } = subscriber
  const durables = durablesOf(reader)
  await Promise.all(durables.map((durable) => declareConsumer(parts, durable)))
  const room = waitingRoom(parts, name)
  const wakes = wakesOf(parts, { consumer: name, room })
  const receiving = receiveFrom(parts, {
    // One that was overtaken while it was on its way is done with by the newer one.
    recipient: { ...subscriber, inBatches: true, receive: (messages) => reader.apply(newestOfEach(messages)) },
    batchSize,
    linger,
    sources: durables.map(({ stream, durable }) => ({ stream, durable, batch: batchSize })),
    prepare: (pulled) => prepare({ parts, name, room, wakes }, pulled),
  })
  return {
    caughtUp: () => settledUpTo(parts, { durables, room }),
    async stop() {
      await receiving.stop()
      await wakes.stop()
    },
  }
}

function durablesOf({ name, types, formerTypes = [] }: Subscriber): DurableConsumer[] {
  const subjectsOf = (some: readonly string[]) => some.map((type) => stateSubject(`${type}.>`))
  const common = { durable: readerDurable(name), inHand: mostInHand }
  return [
    { ...common, stream: streamNames.state, filters: subjectsOf(types), formerFilters: subjectsOf(formerTypes) },
    {
      ...common,
      stream: streamNames.log,
      filters: [errandSubject('wake', name, '>'), errandSubject('again', name, '>')],
    },
  ]
}

/** Hands a state reader everything once more; one that has never read has everything before it anyway. */
export async function rereadState(parts: BusParts, reader: string): Promise<void> {
  await restartConsumer(parts, { stream: streamNames.state, durable: readerDurable(reader) })
}

async function prepare(reading: Reading, pulled: Pulled): Promise<Delivery | undefined> {
  const errand = errandOf(pulled.subject)
  if (errand === undefined) return deliveryOf(reading, { pulled, state: pulled })
  const record = errand.errand === 'wake' ? await reading.room.read(errand.slot) : undefined
  const isStale = errand.errand === 'wake' && record?.revision !== revisionIn(pulled)
  const stored = isStale ? undefined : await newestOf(reading.parts, streamNames.state, stateSubject(errand.slot))
  if (stored !== undefined) {
    const replayedBy = errand.errand === 'again' ? pulled.position : record?.replayedBy
    return deliveryOf(reading, { pulled, state: lyingThere(stored), record, replayedBy })
  }
  pulled.acknowledge()
  return undefined
}

interface Stated {
  /** What is acknowledged. */
  readonly pulled: Pulled
  readonly state: Lying
  /** Of the slot, when its retry is what was asked for. */
  readonly record?: Waiting | undefined
  readonly replayedBy?: number | undefined
}

/** A newer state of the key that fails begins with its first attempt. */
async function deliveryOf(
  reading: Reading,
  { pulled, state, record, replayedBy }: Stated,
): Promise<Delivery | undefined> {
  const { parts, name, room, wakes } = reading
  const done = async () => {
    if (record !== undefined) await room.clear(record)
    pulled.acknowledge()
  }
  const place = placeOf('state', state.position, replayedBy)
  const message = await readable(parts, { consumer: name, stream: 'state', lying: state, place })
  if (message === undefined) {
    await done()
    return undefined
  }
  const slot = slotOf('state', message)
  return {
    message,
    attempts: record?.positions[0] === state.position ? record.attempts : 0,
    handled: done,
    async postpone(attempts, pause) {
      const next = { attempts, due: Date.now() + pause, positions: [state.position], replayedBy }
      wakes.plan(slot, await room.write(slot, next, record ?? (await room.read(slot))))
      pulled.acknowledge()
    },
    async bury(attempts, error) {
      await bury(parts, { consumer: name, stream: 'state', message, place, attempts, error: error.message })
      await done()
    },
  }
}
