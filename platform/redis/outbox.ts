import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'

import type { Bus } from '../messaging/bus.ts'
import type { Message } from '../messaging/message.ts'
import type { Outbox, StampedMessage } from '../messaging/outbox.ts'
import type { RedisConnection } from './connection.ts'
import { script } from './script.ts'

/** Where one outbox lies. All keys of one hash slot, so that a script writes them with what they tell of. */
export interface OutboxKeys {
  /** A stream: one entry a message. */
  readonly outbox: string
  /** Names the relay whose turn it is, and ends by itself when that dies. */
  readonly turn: string
}

/** For scripts that publish: defines `publish(stream, from)`, which appends the messages that begin at ARGV[from]. */
export const publishLua = `
local function publish(outbox, from)
  for index = from, #ARGV, 2 do
    redis.call('XADD', outbox, '*', 'stream', ARGV[index], 'message', ARGV[index + 1])
  end
end`

/** What such a script is given. Throws when a message cannot be written as JSON: nothing is sent then. */
export function publishValues(stamped: readonly StampedMessage[]): string[] {
  return stamped.flatMap(({ stream, message }) => [stream, JSON.stringify(message)])
}

const batchSize = 500
/** Milliseconds. A relay that died holds the others up for so long. */
const turnEndsAfter = 5_000
const betweenLooks = 50

const take = script(`
local entries = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', ARGV[3])
if #entries == 0 then return {} end
if not redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return false end
return entries`)

/** Only what was published is removed: what came meanwhile stays. */
const leave = script(`
if #ARGV > 1 then redis.call('XDEL', KEYS[1], unpack(ARGV, 2)) end
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end`)

const streamName = z.enum(['log', 'state'])
/** An entry's fields are a flat list, in the order in which they were written. */
const entries = z.array(
  z.tuple([z.string(), z.tuple([z.literal('stream'), streamName, z.literal('message'), z.string()])]),
)

export interface RedisOutbox extends Outbox {
  /** To be called after a script that publishes. */
  filled(): void
}

/**
 * Several outboxes, one in each hash slot in use, relayed as one. For each the relays of all replicas take turns, so that order is
 * kept for a key. One that hangs so long that its turn ends publishes what others have published, under the same ids.
 */
export function redisOutbox(redis: RedisConnection, all: readonly OutboxKeys[], newId: () => string): RedisOutbox {
  const listeners = new Set<() => void>()

  /** @returns whether there may be more */
  async function relay({ outbox, turn }: OutboxKeys, publish: Bus['publish']): Promise<boolean> {
    const token = newId()
    const taken = await redis.run(take, [outbox, turn], [token, turnEndsAfter, batchSize])
    if (taken === null) return true
    const found = entries.parse(taken)
    if (found.length === 0) return false
    let published: readonly string[] = []
    try {
      await publishAll(found, publish)
      published = found.map(([id]) => id)
    } finally {
      await redis.run(leave, [outbox, turn], [token, ...published])
    }
    return found.length === batchSize
  }

  return {
    async relayBatch(publish) {
      const relayed = await Promise.allSettled(all.map((keys) => relay(keys, publish)))
      const failed = relayed.find((outcome) => outcome.status === 'rejected')
      if (failed !== undefined) throw failed.reason
      const mayBeMore = relayed.some((outcome) => outcome.status === 'fulfilled' && outcome.value)
      // Another relay's turn is waited for.
      if (mayBeMore) await pause(betweenLooks)
      return mayBeMore
    },
    onFilled(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    filled() {
      for (const listener of listeners) listener()
    },
  }
}

async function publishAll(found: z.infer<typeof entries>, publish: Bus['publish']): Promise<void> {
  for (const stream of streamName.options) {
    const messages = found.flatMap(([, [, name, , message]]) => (name === stream ? [readMessage(message)] : []))
    if (messages.length > 0) await publish(stream, messages)
  }
}

/** Of entries as Redis has them, in order. */
export function messagesIn(found: unknown): Message[] {
  return entries.parse(found).map(([, [, , , message]]) => readMessage(message))
}

function readMessage(text: string): Message {
  // It is one: `publishValues` has written it.
  return JSON.parse(text) as Message
}
