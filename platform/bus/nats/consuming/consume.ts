import type { Message } from '../../../messaging/message.ts'
import type { Consumer, SingleConsumer, Subscriber, Subscription } from '../../../messaging/bus.ts'
import { recipientOf, type Delivery } from '../../../messaging/hand-over.ts'
import { bury } from '../failed-messages/dead-letters.ts'
import { rememberingRoom, type RememberingRoom } from '../failed-messages/known-slots.ts'
import type { BusParts } from '../parts.ts'
import { messageAt, parseStored } from '../streams/stored.ts'
import {
  errandOf,
  errandSubject,
  logDurable,
  partitions,
  placeOf,
  slotOf,
  streamNames,
  type Slot,
} from '../streams/subjects.ts'
import { readable } from '../failed-messages/unreadable.ts'
import { revisionIn, waitingRoom, withoutFirst, type Waiting } from '../failed-messages/waiting.ts'
import { wakesOf, type Wakes } from '../failed-messages/wakes.ts'
import { settledUpTo } from './caught-up.ts'
import { declareConsumer, type DurableConsumer } from './consumers.ts'
import type { Pulled } from './pull.ts'
import { receiveFrom } from './receive.ts'

const batchSize = 20

/** What the deliveries of one consumer share. */
interface Consuming {
  readonly parts: BusParts
  readonly name: string
  readonly room: RememberingRoom
  readonly wakes: Wakes
}

/**
 * Hands log messages to the consumer. Of each partition one message is in hand at a time, whoever of the consumer's
 * processes has it: so what is done here for a slot is done by one process at a time, in the order of the log.
 */
export async function consumeLog(parts: BusParts, consumer: Consumer | SingleConsumer): Promise<Subscription> {
  const { name } = consumer
  const durables = durablesOf(consumer)
  await Promise.all(durables.map((durable) => declareConsumer(parts, durable)))
  const room = rememberingRoom(waitingRoom(parts, name))
  const wakes = wakesOf(parts, { consumer: name, room })
  const consuming = { parts, name, room, wakes }
  const receiving = receiveFrom(parts, {
    recipient: recipientOf(consumer),
    batchSize,
    sources: durables.map(({ stream, durable }) => ({ stream, durable, batch: 100 })),
    prepare: (pulled) => prepare(consuming, pulled),
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
  const subjectsOf = (type: string, partition: number) => `souk.log.${type}.${partition}.>`
  return Array.from({ length: partitions }, (_value, partition) => ({
    stream: streamNames.log,
    durable: logDurable(name, partition),
    filters: [
      ...types.map((type) => subjectsOf(type, partition)),
      errandSubject('wake', name, `${partition}.>`),
      errandSubject('again', name, `${partition}.>`),
    ],
    formerFilters: formerTypes.map((type) => subjectsOf(type, partition)),
    inHand: 1,
  }))
}

/** What is to be handled now; undefined for what is done with already, or has to wait. */
async function prepare(consuming: Consuming, pulled: Pulled): Promise<Delivery | undefined> {
  const errand = errandOf(pulled.subject)
  if (errand?.errand === 'wake') return awakened(consuming, { pulled, slot: errand.slot })
  const { position } = pulled
  const about = { consumer: consuming.name, stream: 'log', lying: pulled, place: placeOf('log', position) } as const
  const message = await readable(consuming.parts, about)
  if (message === undefined) {
    pulled.acknowledge()
    return undefined
  }
  const slot = slotOf('log', message)
  const mayWait = await consuming.room.mayHold(slot, pulled)
  const record = mayWait ? await consuming.room.read(slot) : undefined
  if (record === undefined) return fresh(consuming, { pulled, message, slot })
  const positions = [...new Set([...record.positions, position])]
  // Planned in any case: a process may have died between writing the record and planning its retry.
  const written = await consuming.room.write(slot, { ...record, positions }, record)
  consuming.wakes.plan(slot, written)
  pulled.acknowledge()
  return undefined
}

interface FreshMessage {
  readonly pulled: Pulled
  readonly message: Message
  readonly slot: Slot
}

/** A message that waits for nobody. */
function fresh({ parts, name, room, wakes }: Consuming, { pulled, message, slot }: FreshMessage): Delivery {
  return {
    message,
    attempts: 0,
    async handled() {
      pulled.acknowledge()
    },
    async postpone(attempts, pause) {
      const record = { attempts, due: Date.now() + pause, positions: [pulled.position] }
      wakes.plan(slot, await room.write(slot, record, undefined))
      pulled.acknowledge()
    },
    async bury(attempts, error) {
      const place = placeOf('log', pulled.position)
      await bury(parts, { consumer: name, stream: 'log', message, place, attempts, error: error.message })
      pulled.acknowledge()
    },
  }
}

/** The first message of a slot whose pause is over. */
async function awakened(
  consuming: Consuming,
  { pulled, slot }: { pulled: Pulled; slot: Slot },
): Promise<Delivery | undefined> {
  const { parts, name, room, wakes } = consuming
  const record = await room.read(slot)
  const [position] = record?.positions ?? []
  if (record?.revision !== revisionIn(pulled) || position === undefined) {
    // The slot has been woken before.
    pulled.acknowledge()
    return undefined
  }
  const settle = async () => {
    await goOn(consuming, { slot, record })
    pulled.acknowledge()
  }
  const stored = await messageAt(parts, streamNames.log, position)
  if (stored === undefined) {
    parts.log.error({ consumer: name, position }, 'a message that was to be tried again is kept no more')
    await settle()
    return undefined
  }
  const message = parseStored(stored.data)
  return {
    message,
    attempts: record.attempts,
    handled: settle,
    async postpone(attempts, pause) {
      wakes.plan(slot, await room.write(slot, { ...record, attempts, due: Date.now() + pause }, record))
      pulled.acknowledge()
    },
    async bury(attempts, error) {
      const place = placeOf('log', position)
      await bury(parts, { consumer: name, stream: 'log', message, place, attempts, error: error.message })
      await settle()
    },
  }
}

/** The next of the slot, or none. */
async function goOn({ room, wakes }: Consuming, { slot, record }: { slot: Slot; record: Waiting }): Promise<void> {
  const rest = withoutFirst(record)
  if (rest === undefined) await room.clear(record)
  else wakes.plan(slot, await room.write(slot, rest, record))
}
