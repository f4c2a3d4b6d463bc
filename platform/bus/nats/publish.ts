import { LRUCache } from 'lru-cache'

import type { Stream } from '../../messaging/contract.ts'
import type { Message } from '../../messaging/message.ts'
import type { BusParts } from './parts.ts'
import { newestOf, store } from './streams/stored.ts'
import { streamNames, subjectOf } from './streams/subjects.ts'
import { lyingThere, messageIn } from './failed-messages/unreadable.ts'

/** How many positions of state are remembered, so that most state is stored without asking what is there. */
const mostRemembered = 20_000

/** Publishes for one process. */
export function createPublisher(parts: BusParts): (stream: Stream, messages: readonly Message[]) => Promise<void> {
  const remembered = new LRUCache<string, Newest>({ max: mostRemembered })

  /** Stores the message unless there is a newer one of its key, however many write. */
  async function publishState(message: Message): Promise<void> {
    const subject = subjectOf('state', message)
    for (let known = remembered.get(subject) ?? nothing; ; known = await readNewest(parts, subject)) {
      if (known.version >= message.aggregateversion) return
      const position = await store(parts, { subject, body: message }, { id: message.id, after: known.position })
      if (position === undefined) continue
      remembered.set(subject, { position, version: message.aggregateversion })
      return
    }
  }

  return async (stream, messages) => {
    for (const message of messages) requireContract(parts, stream, message)
    if (stream === 'state') await allToTheEnd(newestOfEach(messages).map(publishState))
    else await allToTheEnd(byKey(messages).map((ofOne) => publishInOrder(parts, ofOne)))
  }
}

interface Newest {
  readonly position: number
  readonly version: number
}
const nothing: Newest = { position: 0, version: -Infinity }

async function readNewest(parts: BusParts, subject: string): Promise<Newest> {
  const stored = await newestOf(parts, streamNames.state, subject)
  if (stored === undefined) return nothing
  const { message, problem } = messageIn(lyingThere(stored))
  // Any message overtakes what is none.
  return { position: stored.seq, version: problem === undefined ? message.aggregateversion : nothing.version }
}

/** One after the other, so that a repeat of the first never comes behind the second. */
async function publishInOrder(parts: BusParts, messages: readonly Message[]): Promise<void> {
  for (const message of messages)
    await store(parts, { subject: subjectOf('log', message), body: message }, { id: message.id })
}

function requireContract({ contracts }: BusParts, stream: Stream, { type }: Message): void {
  const contract = contracts.get(type)
  if (contract === undefined) throw new Error(`${type} is in no contract`)
  if (contract.stream !== stream) throw new Error(`${type} belongs to the ${contract.stream}, not to the ${stream}`)
}

/** Of several states of a key the newest one. */
export function newestOfEach(messages: readonly Message[]): readonly Message[] {
  const newest = new Map<string, Message>()
  for (const message of messages) {
    const subject = subjectOf('state', message)
    const other = newest.get(subject)
    if (other === undefined || other.aggregateversion < message.aggregateversion) newest.set(subject, message)
  }
  return [...newest.values()]
}

function byKey(messages: readonly Message[]): readonly (readonly Message[])[] {
  const keys = new Map<string, Message[]>()
  for (const message of messages) keys.set(message.subject, [...(keys.get(message.subject) ?? []), message])
  return [...keys.values()]
}

/** What is half done goes on by itself: only when all have ended is it known what to publish again. */
async function allToTheEnd(works: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(works)
  await Promise.all(works)
}
