import type { BusParts } from '../parts.ts'
import { newestOf, removeEarlier, removeMessage, store } from '../streams/stored.ts'
import { streamNames, token, waitingSubject, type Slot } from '../streams/subjects.ts'

/** A failed message of one slot of a consumer, and those behind it that must not overtake it. */
export interface Waiting {
  readonly slot: Slot
  /** Changes with every change of the record. */
  readonly revision: number
  /** Failed attempts of the first. */
  readonly attempts: number
  /** When the first is to be tried again, in milliseconds of the epoch. */
  readonly due: number
  /** Positions in the stream, the failed one first. */
  readonly positions: readonly number[]
  /** Of state that was replayed: the position of what asked for that. */
  readonly replayedBy?: number | undefined
}

/** What of it is written. */
type Content = Omit<Waiting, 'slot' | 'revision'>

/** Another process has changed the record meanwhile: what was to be done is done again from the start. */
class OvertakenRecord extends Error {
  override readonly name = 'OvertakenRecord'
}

/** Where the failed messages of one consumer are remembered, so that they outlive every process and hold up nobody else. */
export interface WaitingRoom {
  read(slot: Slot): Promise<Waiting | undefined>
  /** In place of the record that was read. @throws OvertakenRecord */
  write(slot: Slot, record: Content, before: Waiting | undefined): Promise<Waiting>
  /** Nothing waits there any more. @throws OvertakenRecord */
  clear(record: Waiting): Promise<void>
  /** @param beginning their first token, where not all are asked for */
  slots(beginning?: string): Promise<readonly Slot[]>
}

export function waitingRoom(parts: BusParts, consumer: string): WaitingRoom {
  const subject = (slot: Slot) => waitingSubject(consumer, slot)
  const prefix = `souk.waiting.${token(consumer)}.`
  const removeBefore = (slot: Slot, revision: number) =>
    removeEarlier(parts, streamNames.waiting, { subject: subject(slot), before: revision })
  return {
    async read(slot) {
      const stored = await newestOf(parts, streamNames.waiting, subject(slot))
      if (stored === undefined) return undefined
      // Only `write` writes there.
      return { ...(JSON.parse(stored.string()) as Content), slot, revision: stored.seq }
    },
    async write(slot, { attempts, due, positions, replayedBy }, before) {
      const body = { attempts, due, positions, replayedBy }
      const revision = await store(parts, { subject: subject(slot), body }, { after: before?.revision ?? 0 })
      if (revision === undefined) throw new OvertakenRecord(`${slot} of ${consumer} has changed meanwhile`)
      if (before !== undefined) await removeBefore(slot, revision)
      return { ...body, slot, revision }
    },
    async clear({ slot, revision }) {
      // An earlier one, left by a crash, would be the newest.
      await removeBefore(slot, revision)
      const wasThere = await removeMessage(parts, streamNames.waiting, revision)
      if (!wasThere) throw new OvertakenRecord(`a record of ${consumer} has changed meanwhile`)
    },
    async slots(beginning) {
      const filter = beginning === undefined ? `${prefix}>` : `${prefix}${beginning}.>`
      const { state } = await parts.manager.streams.info(streamNames.waiting, { subjects_filter: filter })
      return Object.keys(state.subjects ?? {}).map((found) => found.slice(prefix.length))
    },
  }
}

/** The record without its first message; undefined when none is left. */
export function withoutFirst({ positions }: Waiting): Content | undefined {
  return positions.length > 1 ? { attempts: 0, due: Date.now(), positions: positions.slice(1) } : undefined
}

/** The revision of the record that a wake is about. */
export function revisionIn({ data }: { readonly data: Uint8Array }): number {
  // Only wakes.ts writes there.
  return (JSON.parse(Buffer.from(data).toString()) as Pick<Waiting, 'revision'>).revision
}
