import { createHash } from 'node:crypto'

import type { DeadLetter, DeadLetterPosition } from '../../../messaging/bus.ts'
import type { Stream } from '../../../messaging/contract.ts'
import type { Message } from '../../../messaging/message.ts'
import type { BusParts } from '../parts.ts'
import { readAll } from '../consuming/follow.ts'
import { newestOf, removeMessage, store } from '../streams/stored.ts'
import { deadSubject, errandSubject, slotOf, streamNames, token, type Place } from '../streams/subjects.ts'

interface Letter {
  readonly consumer: string
  readonly stream: Stream
  readonly message: Message
  /** Where that was found, or what has asked for it once more: what is replayed and fails again is another letter. */
  readonly place: Place
  readonly attempts: number
  readonly error: string
}

/** Durable when it resolves. Of one place there is one letter, the first, however often a crash in between repeats it. */
export async function bury(parts: BusParts, letter: Letter): Promise<void> {
  await store(parts, { subject: deadSubject(letter.consumer, letterId(letter)), body: letter }, { after: 0 })
}

/** A UUID by RFC 9562, version 8. */
function letterId({ consumer, message, place }: Pick<Letter, 'consumer' | 'message' | 'place'>): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([consumer, message.id, place]))
    .digest('hex')
  const parts = [digest.slice(0, 8), digest.slice(8, 12), `8${digest.slice(13, 16)}`, `8${digest.slice(17, 20)}`]
  return [...parts, digest.slice(20, 32)].join('-')
}

/** Newest first. */
export async function listDeadLetters(
  parts: BusParts,
  { first, after }: { first: number; after?: DeadLetterPosition | undefined },
): Promise<DeadLetter[]> {
  const letters = (await allLetters(parts)).reverse()
  return letters.slice(after === undefined ? 0 : placeBehind(letters, after)).slice(0, first)
}

function placeBehind(letters: readonly DeadLetter[], { id, failedAt }: DeadLetterPosition): number {
  const place = letters.findIndex((letter) => letter.id === id)
  if (place >= 0) return place + 1
  // It has been replayed since.
  const older = letters.findIndex((letter) => letter.failedAt < failedAt)
  return older < 0 ? letters.length : older
}

/** Oldest first. */
export async function allLetters(parts: BusParts): Promise<DeadLetter[]> {
  const stored = await readAll(parts, { stream: streamNames.dead, filters: ['souk.dead.>'] })
  return stored.map(({ subject, data, storedAt }) => {
    const { consumer, message, attempts, error } = letterIn(data)
    return { id: subject.split('.')[3] ?? '', consumer, message, attempts, error, failedAt: storedAt }
  })
}

export async function countDeadLetters({ manager }: BusParts): Promise<number> {
  return (await manager.streams.info(streamNames.dead)).state.messages
}

/**
 * Puts the message before its consumer again, behind what has overtaken it. A crash in between leaves the letter, which
 * may be replayed once more. Should the message fail before its letter is removed, the new letter is not touched.
 */
export async function replayDeadLetter(parts: BusParts, id: string): Promise<boolean> {
  const stored = await newestOf(parts, streamNames.dead, `souk.dead.*.${token(id)}`)
  if (stored === undefined) return false
  const { consumer, stream, message } = letterIn(stored.data)
  const subject = errandSubject('again', consumer, slotOf(stream, message))
  await store(parts, { subject, body: message }, { id: `again ${stored.seq}` })
  return removeMessage(parts, streamNames.dead, stored.seq)
}

function letterIn(data: Uint8Array): Letter {
  // Only `bury` writes there.
  return JSON.parse(Buffer.from(data).toString()) as Letter
}
