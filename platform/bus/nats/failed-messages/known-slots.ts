import type { Pulled } from '../consuming/pull.ts'
import type { Slot } from '../streams/subjects.ts'
import type { WaitingRoom } from './waiting.ts'

export interface RememberingRoom extends WaitingRoom {
  /** Whether the slot of a message in hand may have a record: most have none, and need not be read then. */
  mayHold(slot: Slot, pulled: Pick<Pulled, 'request' | 'count'>): Promise<boolean>
}

/** What is known of one partition, as of one of its deliveries. */
interface Known {
  readonly request: number
  readonly count: number
  readonly slots: ReadonlySet<Slot>
}

/**
 * The waiting room of a log consumer, remembered by partition. Whoever writes a record has the one message of its partition
 * in hand, and the server counts what it hands over: where the message before was ours too, nobody else can have written
 * meanwhile. A server that dies may count again from an earlier number, so what is known is good within one request alone.
 */
export function rememberingRoom(room: WaitingRoom): RememberingRoom {
  const known = new Map<string, Known>()
  return {
    ...room,
    async mayHold(slot, { request, count }) {
      const partition = partitionIn(slot)
      const before = known.get(partition)
      const isNext = before?.request === request && before.count + 1 === count
      const slots = isNext ? before.slots : new Set(await room.slots(partition))
      known.set(partition, { request, count, slots })
      return slots.has(slot)
    },
    async write(slot, record, before) {
      try {
        return await room.write(slot, record, before)
      } finally {
        known.delete(partitionIn(slot))
      }
    },
  }
}

function partitionIn(slot: Slot): string {
  return slot.slice(0, slot.indexOf('.'))
}
