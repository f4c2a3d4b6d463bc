import { AckPolicy, DeliverPolicy, nanos } from 'nats'

import { asError } from '../../../errors.ts'
import type { BusParts } from '../parts.ts'
import { pull, type Pulled } from './pull.ts'
import { consumerInfo } from './consumers.ts'

const batchSize = 500
/** Milliseconds after which the server forgets a reader that is gone. */
const forgottenAfter = 30_000
const pauseBetweenTries = 100
const pauseBetweenLooks = 10

interface Followed {
  readonly stream: string
  readonly filters: readonly string[]
  /** Position of what is known already; the start unless given. */
  readonly behind?: number
}

export interface Following {
  /** Resolves when everything that was stored before the call has been handed over. */
  caughtUp(): Promise<void>
  stop(): Promise<void>
}

interface FollowOptions extends Followed {
  onMessages(messages: readonly Pulled[]): void
  /** As `StateWatcher.follows`. */
  follows?: ((isFollowing: boolean) => void) | undefined
}

/** One reader of ours on the server: it is there while our connection is. */
interface Reading {
  readonly durable: string
  /** How many messages it has had. */
  received(): number
  stop(): Promise<void>
}

interface ReadingOptions extends Followed {
  /** Position of what we have. */
  readonly behind: number
  onMessage(message: Pulled): void
  /** It is of no use any more. */
  onBroken(): void
}

/**
 * Reads a stream from its start and then follows it, in order, for one reader that keeps its place itself. The server's
 * side of it is forgotten with the connection: after each break, and after each gap, it is made anew behind what we have.
 */
export async function follow(
  parts: BusParts,
  { stream, filters, behind = 0, onMessages, follows }: FollowOptions,
): Promise<Following> {
  let last = behind
  const stopping = new AbortController()
  const tell = telling({ follows, caughtUp, stopping: stopping.signal })
  const { gather, flush } = gathering((messages) => {
    if (!stopping.signal.aborted) onMessages(messages)
  })

  const begin = () =>
    beginReading(parts, {
      ...{ stream, filters, behind: last },
      onMessage(message) {
        last = message.position
        gather(message)
      },
      onBroken() {
        tell.broken()
        reading = again(reading)
        // `stop` awaits it too, and is done then.
        reading.then(tell.begun, () => undefined)
      },
    })

  async function again(broken: Promise<Reading>): Promise<Reading> {
    await (await broken).stop()
    for (;;) {
      try {
        return await begin()
      } catch (thrown) {
        if (stopping.signal.aborted) throw thrown
        parts.log.info({ err: asError(thrown), stream }, 'a stream cannot be followed just now')
        await pause(pauseBetweenTries)
      }
    }
  }

  async function caughtUp(): Promise<void> {
    const { last_seq: end } = (await parts.manager.streams.info(stream)).state
    while (last < end && !stopping.signal.aborted) {
      const { durable, received } = await reading
      const info = await consumerInfo(parts.manager.consumers, { stream, durable })
      if (info?.num_pending === 0 && info.delivered.consumer_seq <= received()) break
      await pause(pauseBetweenLooks)
    }
    flush()
  }

  let reading = begin()
  await reading
  // What is read is read anew when the server is back.
  const stopListening = parts.onDisconnect(tell.broken)
  void tell.begun()
  return {
    caughtUp,
    async stop() {
      stopping.abort()
      stopListening()
      const open = await reading.catch(() => undefined)
      await open?.stop()
    },
  }
}

interface TellingParts extends Pick<FollowOptions, 'follows'> {
  caughtUp(): Promise<void>
  readonly stopping: AbortSignal
}

/** Tells whether a stream is followed: after each break once everything is there again. */
function telling({ follows, caughtUp, stopping }: TellingParts) {
  let breaks = 0
  return {
    broken(): void {
      breaks += 1
      follows?.(false)
    },
    async begun(): Promise<void> {
      if (follows === undefined) return
      const before = breaks
      const isStill = () => before === breaks && !stopping.aborted
      while (isStill()) {
        try {
          await caughtUp()
          if (isStill()) follows(true)
          return
        } catch {
          await pause(pauseBetweenTries)
        }
      }
    },
  }
}

/** Hands over together what comes together. */
function gathering(onMessages: (messages: readonly Pulled[]) => void) {
  let gathered: Pulled[] = []
  function flush(): void {
    const messages = gathered
    gathered = []
    if (messages.length > 0) onMessages(messages)
  }
  return {
    flush,
    gather(message: Pulled): void {
      if (gathered.length === 0) setImmediate(flush)
      gathered.push(message)
    },
  }
}

async function beginReading(parts: BusParts, options: ReadingOptions): Promise<Reading> {
  const { stream, filters, behind, onMessage, onBroken } = options
  const { consumers } = parts.manager
  const { name: durable } = await consumers.add(stream, {
    ack_policy: AckPolicy.None,
    ...(behind === 0
      ? { deliver_policy: DeliverPolicy.All }
      : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: behind + 1 }),
    filter_subjects: [...filters],
    inactive_threshold: nanos(forgottenAfter),
    mem_storage: true,
    num_replicas: 1,
  })
  let received = 0
  let isOver = false
  const breakOff = () => {
    if (!isOver) onBroken()
    isOver = true
  }
  const pulling = pull(parts, {
    stream,
    durable,
    batch: batchSize,
    onRefused: breakOff,
    // A request that is made again may not be sent what came meanwhile.
    onSilent: breakOff,
    onMessage(message) {
      if (message.count !== received + 1) breakOff()
      if (isOver) return
      received += 1
      onMessage(message)
    },
  })
  const stopListening = parts.onReconnect(breakOff)
  return {
    durable,
    received: () => received,
    async stop() {
      isOver = true
      stopListening()
      await pulling.stop()
      // One that cannot be deleted now is forgotten by the server, since nothing is requested of it any more.
      await consumers.delete(stream, durable).catch(() => undefined)
    },
  }
}

/** Everything that is kept of the subjects now. */
export async function readAll(parts: BusParts, followed: Followed): Promise<readonly Pulled[]> {
  const all: Pulled[] = []
  const following = await follow(parts, { ...followed, onMessages: (messages) => void all.push(...messages) })
  try {
    await following.caughtUp()
  } finally {
    await following.stop()
  }
  return all
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
