import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'

import type { Bus } from '../messaging/bus.ts'
import type { Message } from '../messaging/message.ts'
import { publishStamped, type Outbox, type StampedMessage } from '../messaging/outbox.ts'
import type { RedisConnection } from './connection.ts'
import { script } from './script.ts'

/** Where one outbox lies. Its keys are in the hash slot of the data that its messages are about: one script writes both. */
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
/** Shorter than relays are woken by themselves. */
const sweepEvery = 4_000

const begin = script(`
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
  /** To be called after a script that publishes. @param outbox the stream it published in */
  filled(outbox: string): void
}

/**
 * Several outboxes, one in each hash slot in use, relayed as one. For each the relays of all replicas take turns, so that order is
 * kept for a key. One that hangs so long that its turn ends publishes what others have published, under the same ids.
 */
export function redisOutbox(redis: RedisConnection, all: readonly OutboxKeys[], newId: () => string): RedisOutbox {
  const listeners = new Set<() => void>()
  /** Those that this process has filled; once in a while all, for what a crash has left. */
  const waiting = new Set<string>()
  let sweptAt = -Infinity

  function take(): readonly OutboxKeys[] {
    const isSweep = performance.now() - sweptAt > sweepEvery
    if (isSweep) sweptAt = performance.now()
    const taken = isSweep ? all : all.filter(({ outbox }) => waiting.has(outbox))
    for (const { outbox } of taken) waiting.delete(outbox)
    return taken
  }

  async function relay({ outbox, turn }: OutboxKeys, publish: Bus['publish']): Promise<void> {
    const token = newId()
    const taken = await redis.run(begin, [outbox, turn], [token, turnEndsAfter, batchSize])
    if (taken === null) await pause(betweenLooks)
    const found = taken === null ? [] : entries.parse(taken)
    if (taken === null || found.length === batchSize) waiting.add(outbox)
    if (found.length === 0) return
    let published: readonly string[] = []
    try {
      await publishStamped(publish, stampedIn(found))
      published = found.map(([id]) => id)
    } finally {
      await redis.run(leave, [outbox, turn], [token, ...published])
    }
  }

  return {
    async relayBatch(publish) {
      const taken = take()
      const relayed = await Promise.allSettled(taken.map((keys) => relay(keys, publish)))
      for (const [index, { outbox }] of taken.entries()) if (relayed[index]?.status === 'rejected') waiting.add(outbox)
      const failed = relayed.find((outcome) => outcome.status === 'rejected')
      if (failed !== undefined) throw failed.reason
      return waiting.size > 0
    },
    onFilled(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    filled(outbox) {
      waiting.add(outbox)
      for (const listener of listeners) listener()
    },
  }
}

function stampedIn(found: z.infer<typeof entries>): StampedMessage[] {
  return found.map(([, [, stream, , message]]) => ({ stream, message: readMessage(message) }))
}

/** Of entries as Redis has them, in order. */
export function messagesIn(found: unknown): Message[] {
  return entries.parse(found).map(([, [, , , message]]) => readMessage(message))
}

function readMessage(text: string): Message {
  // It is one: `publishValues` has written it.
  return JSON.parse(text) as Message
}
