import type { Stream } from '../../../messaging/contract.ts'
import type { Message } from '../../../messaging/message.ts'

/** The streams of the bus on the server. */
export const streamNames = {
  log: 'SOUK_LOG',
  state: 'SOUK_STATE',
  waiting: 'SOUK_WAITING',
  dead: 'SOUK_DEAD',
  givenUp: 'SOUK_GIVEN_UP',
} as const

/**
 * How many parts the keys of the log are spread over. Of each part a consumer has one message in hand at a time, so this
 * is also how many of its messages are handled at once. It is part of every subject: a log that is kept cannot change it.
 */
export const partitions = 16

/** One token of a subject, or of a consumer's name, that holds any text. */
export function token(text: string): string {
  return encodeURIComponent(text).replaceAll('.', '%2E').replaceAll('*', '%2A')
}

export function untoken(encoded: string): string {
  return decodeURIComponent(encoded)
}

/** All messages of a key lie in one partition, whatever their type (FNV-1a of the key). */
export function partitionOf(key: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(key)) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0) % partitions
}

/** Where messages of a consumer wait for one another: a key of the log, or a key of one type of state. */
export type Slot = string

/** Of a log's slot the first token is a partition, of a state's it is the owner of a type. */
export function streamOf(slot: Slot): Stream {
  return /^\d+\./.test(slot) ? 'log' : 'state'
}

/** A position of one of the two: `log 17`. */
export type Place = `${Stream} ${number}`

/** Where a message was found; of one that was replayed, where that is asked for. */
export function placeOf(stream: Stream, position: number, replayedBy?: number): Place {
  return replayedBy === undefined ? `${stream} ${position}` : `log ${replayedBy}`
}

export function slotOf(stream: Stream, { type, subject: key }: Pick<Message, 'type' | 'subject'>): Slot {
  return stream === 'log' ? `${partitionOf(key)}.${token(key)}` : `${type}.${token(key)}`
}

/** A message of the log: `souk.log.<owner>.<Name>.<partition>.<key>`; of state: `souk.state.<owner>.<Name>.<key>`. */
export function subjectOf(stream: Stream, message: Pick<Message, 'type' | 'subject'>): string {
  const { type, subject: key } = message
  return stream === 'log'
    ? `souk.log.${type}.${partitionOf(key)}.${token(key)}`
    : stateSubject(slotOf('state', message))
}

export function stateSubject(slot: Slot): string {
  return `souk.state.${slot}`
}

/** What is only for one consumer: notice that a slot's pause is over, and a message that it is to handle again. */
export type Errand = 'wake' | 'again'

export function errandSubject(errand: Errand, consumer: string, slot: Slot): string {
  return `souk.${errand}.${token(consumer)}.${slot}`
}

/** Taken apart; undefined for an ordinary message. */
export function errandOf(subject: string): { readonly errand: Errand; readonly slot: Slot } | undefined {
  const [, kind, , ...slot] = subject.split('.')
  return kind === 'wake' || kind === 'again' ? { errand: kind, slot: slot.join('.') } : undefined
}

export function waitingSubject(consumer: string, slot: Slot): string {
  return `souk.waiting.${token(consumer)}.${slot}`
}

export function deadSubject(consumer: string, id: string): string {
  return `souk.dead.${token(consumer)}.${token(id)}`
}

/** Durable name of what a consumer has on the log: one a partition. */
export function logDurable(consumer: string, partition: number): string {
  return `${token(consumer)}-${partition}`
}

/** Durable name of what a state reader has: on the state, and on the log for its errands. */
export function readerDurable(reader: string): string {
  return token(reader)
}

/** Whose durable it is. */
export function consumerOf(durable: string): string {
  return untoken(durable.replace(/-\d+$/, ''))
}
