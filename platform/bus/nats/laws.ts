import type { BusLaws, StateMessage } from '../../laws/facts.ts'
import { inFlightSeconds, type Law } from '../../laws/law.ts'
import { consumerInfo } from './consuming/consumers.ts'
import { allLetters } from './failed-messages/dead-letters.ts'
import { readAll } from './consuming/follow.ts'
import { connectParts, type BusParts, type NatsBusOptions } from './parts.ts'
import { messageAt, parseStored } from './streams/stored.ts'
import { logDurable, partitions, readerDurable, stateSubject, streamNames, untoken } from './streams/subjects.ts'
import { waitingRoom } from './failed-messages/waiting.ts'

/** Reads a bus that is there, and changes nothing. */
export async function openBusLaws(options: NatsBusOptions): Promise<BusLaws & { close(): Promise<void> }> {
  const parts = await connectParts(options)
  return { ...busLaws(parts), close: () => parts.connection.close() }
}

/** What must hold of the bus, and what it reports. */
function busLaws(parts: BusParts): BusLaws {
  const laws: readonly Law[] = [
    {
      name: 'no message was given up',
      async check() {
        const letters = await allLetters(parts)
        return {
          checked: letters.length,
          violations: letters.map(
            ({ id, consumer, message: { type }, error }) =>
              `${consumer} gave up on ${type} (dead letter ${id}): ${error}`,
          ),
        }
      },
    },
  ]
  return {
    laws,
    async states(type) {
      const stored = await readAll(parts, { stream: streamNames.state, filters: [stateSubject(`${type}.>`)] })
      return stored.map(({ data }): StateMessage => {
        const { subject: key, aggregateversion: version, data: state } = parseStored(data)
        return { key, version, data: state }
      })
    },
    async stateOnTheWay(reader, type) {
      const keys = await behind(parts, {
        stream: streamNames.state,
        durable: readerDurable(reader),
        subject: stateSubject(`${type}.>`),
      })
      const slots = await waitingRoom(parts, reader).slots()
      const prefix = `${type}.`
      const waiting = slots.filter((slot) => slot.startsWith(prefix)).map((slot) => untoken(slot.slice(prefix.length)))
      return new Set([...keys, ...waiting])
    },
    async logOnTheWay(consumer, type) {
      const keys = await Promise.all(
        Array.from({ length: partitions }, (_value, partition) =>
          behind(parts, {
            stream: streamNames.log,
            durable: logDurable(consumer, partition),
            subject: `souk.log.${type}.${partition}.>`,
          }),
        ),
      )
      return new Set([...keys.flat(), ...(await waitingKeys(parts, { consumer, type }))])
    },
    async publishedLongAgo(type) {
      const stored = await readAll(parts, { stream: streamNames.log, filters: [`souk.log.${type}.>`] })
      const before = Date.now() - inFlightSeconds * 1_000
      return new Set(stored.filter(({ storedAt }) => storedAt.getTime() < before).map(({ data }) => keyIn(data)))
    },
  }
}

interface Behind {
  readonly stream: string
  readonly durable: string
  readonly subject: string
}

/** Keys of what the durable consumer has not acknowledged yet; of all that is kept where it has never been declared. */
async function behind(parts: BusParts, { stream, durable, subject }: Behind): Promise<string[]> {
  const info = await consumerInfo(parts.manager.consumers, { stream, durable })
  if (info?.num_pending === 0 && info.num_ack_pending === 0) return []
  const stored = await readAll(parts, {
    stream,
    filters: [subject],
    behind: info?.ack_floor.stream_seq ?? 0,
  })
  return stored.map(({ data }) => keyIn(data))
}

/** Keys of messages of the type that failed and are tried again, or wait behind one of those. */
async function waitingKeys(
  parts: BusParts,
  { consumer, type }: { consumer: string; type: string },
): Promise<readonly string[]> {
  const room = waitingRoom(parts, consumer)
  const keys: string[] = []
  for (const slot of await room.slots()) {
    const positions = (await room.read(slot))?.positions ?? []
    const stored = await Promise.all(positions.map((position) => messageAt(parts, streamNames.log, position)))
    const messages = stored.flatMap((one) => (one === undefined ? [] : [parseStored(one.data)]))
    keys.push(...messages.filter((message) => message.type === type).map(({ subject }) => subject))
  }
  return keys
}

function keyIn(data: Uint8Array): string {
  return parseStored(data).subject
}
