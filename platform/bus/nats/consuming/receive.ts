import { asError } from '../../../errors.ts'
import { handOver, type Delivery, type Recipient } from '../../../messaging/hand-over.ts'
import type { Logger } from '../../../telemetry/logging.ts'
import { repeatOnWake } from '../../../work/loop.ts'
import type { BusParts } from '../parts.ts'
import { ackWait } from './consumers.ts'
import { pull, type Pulled, type Source } from './pull.ts'

/** Milliseconds between two reports that a message is still in hand: the second may come late. */
const keepEvery = ackWait / 3

interface Receiving {
  readonly recipient: Recipient
  readonly batchSize: number
  readonly sources: readonly Source[]
  /** Milliseconds to wait for more once something has come. */
  readonly linger?: number | undefined
  /** What is to be handled now; undefined for what needs no handling, and has been acknowledged where it should. */
  prepare(pulled: Pulled): Promise<Delivery | undefined>
}

/** Takes what comes, in batches, and reports meanwhile that it is in progress. What is left unacknowledged comes again. */
export function receiveFrom(parts: BusParts, receiving: Receiving): { stop(): Promise<void> } {
  const { recipient, batchSize, sources, linger } = receiving
  const queue: Pulled[] = []
  const inHand = new Set<Pulled>()
  let lingering: NodeJS.Timeout | undefined

  const loop = repeatOnWake({
    name: `messages for ${recipient.name}`,
    log: parts.log,
    sweepEvery: keepEvery,
    async turn() {
      for (let batch = queue.splice(0, batchSize); batch.length > 0; batch = queue.splice(0, batchSize)) {
        await take(parts, receiving, batch)
        for (const pulled of batch) inHand.delete(pulled)
      }
    },
  })

  function onMessage(pulled: Pulled): void {
    inHand.add(pulled)
    queue.push(pulled)
    if (linger === undefined) setImmediate(loop.wake)
    else lingering ??= setTimeout(wakeAfterLingering, linger)
  }

  function wakeAfterLingering(): void {
    lingering = undefined
    loop.wake()
  }

  const pulling = sources.map((source) => pull(parts, { ...source, onMessage }))
  const keeping = setInterval(() => {
    for (const pulled of inHand) pulled.keep()
  }, keepEvery)

  return {
    async stop() {
      await Promise.all(pulling.map((one) => one.stop()))
      clearTimeout(lingering)
      const untouched = queue.splice(0)
      await loop.stop()
      clearInterval(keeping)
      for (const pulled of untouched) pulled.giveBack()
    },
  }
}

async function take(parts: BusParts, receiving: Receiving, batch: readonly Pulled[]): Promise<void> {
  const prepared = await Promise.all(
    batch.map((pulled) =>
      receiving.prepare(pulled).catch((thrown: unknown) => {
        const about = { err: asError(thrown), consumer: receiving.recipient.name, position: pulled.position }
        parts.log.warn(about, 'a message could not be looked into; it will be delivered again')
        return undefined
      }),
    ),
  )
  const deliveries = prepared.filter((delivery) => delivery !== undefined)
  await handOver(
    parts,
    receiving.recipient,
    deliveries.map((delivery) => leftWhereUnrecorded(delivery, { log: parts.log, consumer: receiving.recipient.name })),
  )
}

/** What cannot be recorded now is delivered again, since it was not acknowledged: the others go on. */
function leftWhereUnrecorded(delivery: Delivery, { log, consumer }: { log: Logger; consumer: string }): Delivery {
  const leave = (thrown: unknown) => {
    const about = { err: asError(thrown), consumer, messageId: delivery.message.id }
    log.warn(about, 'what became of a message could not be recorded; it will be delivered again')
  }
  return {
    ...delivery,
    handled: () => delivery.handled().catch(leave),
    postpone: (attempts, pause) => delivery.postpone(attempts, pause).catch(leave),
    bury: (attempts, error) => delivery.bury(attempts, error).catch(leave),
  }
}
