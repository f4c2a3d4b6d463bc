import { asError } from '../../../errors.ts'
import { repeatOnWake } from '../../../work/loop.ts'
import type { BusParts } from '../parts.ts'
import { store } from '../streams/stored.ts'
import { errandSubject, type Slot } from '../streams/subjects.ts'
import type { Waiting, WaitingRoom } from './waiting.ts'

/** Milliseconds after which what another process has left is found. */
const sweepEvery = 5_000
/** Milliseconds after which a slot is woken again, should its record still be there. */
const wokenAgainAfter = 10_000

export interface Wakes {
  /** Wakes the slot when its record is due. */
  plan(slot: Slot, record: Waiting): void
  stop(): Promise<void>
}

/**
 * Publishes a wake of a slot when its pause is over. The wake is a message like any other, so one process of the consumer
 * gets it, and again should that one die. Any process may publish it: by its id the server drops the second, for a while: where
 * the record is still there after that, whatever came of its wake, it is woken again.
 */
export function wakesOf(parts: BusParts, { consumer, room }: { consumer: string; room: WaitingRoom }): Wakes {
  const planned = new Map<Slot, { readonly revision: number; readonly timer: NodeJS.Timeout }>()

  function plan(slot: Slot, { revision, due }: Waiting): void {
    clearTimeout(planned.get(slot)?.timer)
    const wake = () => {
      planned.delete(slot)
      const subject = errandSubject('wake', consumer, slot)
      const id = `${subject} ${revision} ${Math.floor(Date.now() / wokenAgainAfter)}`
      store(parts, { subject, body: { revision } }, { id }).catch((thrown: unknown) =>
        parts.log.warn({ err: asError(thrown), consumer }, 'a retry could not be begun; the next sweep tries again'),
      )
    }
    planned.set(slot, { revision, timer: setTimeout(wake, Math.max(0, due - Date.now())) })
  }

  const sweep = repeatOnWake({
    name: `retries of ${consumer}`,
    log: parts.log,
    sweepEvery,
    async turn() {
      for (const slot of await room.slots()) {
        if (planned.has(slot)) continue
        const record = await room.read(slot)
        if (record !== undefined) plan(slot, record)
      }
    },
  })
  sweep.wake()

  return {
    plan,
    async stop() {
      await sweep.stop()
      for (const { timer } of planned.values()) clearTimeout(timer)
    },
  }
}
