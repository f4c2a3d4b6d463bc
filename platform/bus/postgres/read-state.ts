import type { StateReader, Subscription } from '../../messaging/bus.ts'
import { deliver } from './deliver.ts'
import type { BusParts, Wakeable } from './parts.ts'
import { subscribe } from './subscribe.ts'

const batchSize = 500

/** Hands the newest state of each key to the reader, many keys at once. */
export async function readState(parts: BusParts, reader: StateReader): Promise<Subscription & Wakeable> {
  const { linger, ...subscriber } = reader
  await subscribe(parts.durable, { subscriber, stream: 'state' })
  const delivery = deliver(parts, {
    recipient: { ...subscriber, inBatches: true, receive: (messages) => reader.apply(messages) },
    stream: 'state',
    batchSize,
  })
  const lingering = wakeAfter(linger, delivery.wake)
  return {
    ...delivery,
    wake: lingering.wake,
    async stop() {
      lingering.cancel()
      await delivery.stop()
    },
  }
}

/** Passes a wake on at once, or, when the reader lingers, the first of many after that many milliseconds. */
function wakeAfter(linger: number | undefined, wake: () => void): { wake(): void; cancel(): void } {
  if (linger === undefined) return { wake, cancel: () => undefined }
  let timer: NodeJS.Timeout | undefined
  return {
    wake() {
      timer ??= setTimeout(() => {
        timer = undefined
        wake()
      }, linger)
    },
    cancel: () => clearTimeout(timer),
  }
}
