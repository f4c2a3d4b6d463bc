import type { BusParts } from '../parts.ts'
import type { WaitingRoom } from '../failed-messages/waiting.ts'
import { consumerInfo, type DurableConsumer } from './consumers.ts'

const pauseBetweenLooks = 20

interface Progress {
  readonly durables: readonly DurableConsumer[]
  readonly room: WaitingRoom
}

/** Resolves when of all that is stored now nothing is left but what has failed. Nobody reports what other processes do. */
export async function settledUpTo(parts: BusParts, { durables, room }: Progress): Promise<void> {
  const ends = new Map<string, number>()
  for (const { stream } of durables)
    if (!ends.has(stream)) ends.set(stream, (await parts.manager.streams.info(stream)).state.last_seq)
  let busy = durables
  while (busy.length > 0) {
    const left = await Promise.all(busy.map(async (durable) => ({ durable, isBusy: await isBusyIn(durable) })))
    busy = left.filter(({ isBusy }) => isBusy).map(({ durable }) => durable)
    if (busy.length > 0) await pause()
  }
  while (await somebodyWaitsUntried()) await pause()

  async function isBusyIn(durable: DurableConsumer): Promise<boolean> {
    const info = await consumerInfo(parts.manager.consumers, durable)
    if (info === undefined) return true
    if (info.num_pending === 0 && info.num_ack_pending === 0) return false
    return info.ack_floor.stream_seq < (ends.get(durable.stream) ?? 0)
  }

  /** Behind a message that failed and is tried again. */
  async function somebodyWaitsUntried(): Promise<boolean> {
    for (const slot of await room.slots()) {
      const record = await room.read(slot)
      const untried = record?.attempts === 0 ? record.positions : (record?.positions.slice(1) ?? [])
      if (untried.some((position) => position <= Math.max(...ends.values()))) return true
    }
    return false
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pauseBetweenLooks))
}
