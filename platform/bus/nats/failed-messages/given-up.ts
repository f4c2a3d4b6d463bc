import { declareConsumer } from '../consuming/consumers.ts'
import type { BusParts } from '../parts.ts'
import type { Pulled } from '../consuming/pull.ts'
import { receiveFrom } from '../consuming/receive.ts'
import { messageAt } from '../streams/stored.ts'
import { consumerOf, errandOf, placeOf, streamNames, streamOf } from '../streams/subjects.ts'
import { bury } from './dead-letters.ts'
import { lyingThere, messageIn } from './unreadable.ts'
import { revisionIn, waitingRoom, withoutFirst } from './waiting.ts'

/** What the server publishes when it gives a message up. */
interface Advisory {
  readonly stream: string
  readonly consumer: string
  readonly stream_seq: number
  readonly deliveries: number
}

export const undertaker = 'undertaker'
const durable = { stream: streamNames.givenUp, durable: undertaker, filters: [], inHand: 100 }

/** Makes dead letters of messages that end every process that takes them: no handler ever failed, the server counted. */
export async function buryGivenUp(parts: BusParts): Promise<{ stop(): Promise<void> }> {
  await declareConsumer(parts, durable)
  return receiveFrom(parts, {
    recipient: { name: undertaker, types: [], inBatches: false, receive: () => Promise.resolve() },
    batchSize: durable.inHand,
    sources: [{ ...durable, batch: durable.inHand }],
    async prepare(pulled) {
      await buryOne(parts, advisoryIn(pulled))
      pulled.acknowledge()
      return undefined
    },
  })
}

function advisoryIn({ data }: Pulled): Advisory {
  // The server's own format (JSConsumerDeliveryExceededAdvisory).
  return JSON.parse(Buffer.from(data).toString()) as Advisory
}

async function buryOne(parts: BusParts, advisory: Advisory): Promise<void> {
  const { stream, stream_seq: position, deliveries } = advisory
  const consumer = consumerOf(advisory.consumer)
  const stored = await messageAt(parts, stream, position)
  // A state that has been overtaken is not kept; the newer one has a delivery of its own.
  if (stored === undefined) return
  const errand = errandOf(stored.subject)
  const lay = stream === streamNames.state ? 'state' : 'log'
  const about = {
    consumer,
    stream: errand === undefined ? lay : streamOf(errand.slot),
    attempts: deliveries,
    error: `It was handed over ${deliveries} times, and never acknowledged.`,
  } as const
  if (errand?.errand !== 'wake') {
    await bury(parts, { ...about, place: placeOf(lay, position), message: messageIn(lyingThere(stored)).message })
    return
  }
  // The first of those that wait was what ended the processes; unless the record has changed since, by whoever handled it, or
  // by an undertaker that died before it acknowledged: then the first is another one.
  const room = waitingRoom(parts, consumer)
  const record = await room.read(errand.slot)
  const [first] = record?.positions ?? []
  if (record?.revision !== revisionIn(stored) || first === undefined) return
  const failed = await messageAt(parts, streamNames[about.stream], first)
  const place = placeOf(about.stream, first, record.replayedBy)
  if (failed !== undefined) await bury(parts, { ...about, place, message: messageIn(lyingThere(failed)).message })
  const rest = withoutFirst(record)
  if (rest === undefined) await room.clear(record)
  else await room.write(errand.slot, rest, record)
}
