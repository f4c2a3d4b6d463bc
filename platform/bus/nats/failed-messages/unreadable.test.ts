import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { NatsError } from 'nats'
import { expect, test, vi } from 'vitest'

import { natsProgram, startNats } from '../../../../scripts/servers/nats.ts'
import { message, testContracts } from '../../../../tests/contracts/bus-support.ts'
import { fastestFolder } from '../../../../tests/support/fast-folder.ts'
import { whereInstalled } from '../../../../tests/support/where-installed.ts'
import { newUuid } from '../../../ids.ts'
import type { Bus } from '../../../messaging/bus.ts'
import { createLogger } from '../../../telemetry/logging.ts'
import { natsBus } from '../bus.ts'
import { connectParts, type BusParts } from '../parts.ts'
import { readerDurable, streamNames } from '../streams/subjects.ts'
import { watchState } from '../consuming/watch-state.ts'

interface Opened {
  readonly bus: Bus
  readonly parts: BusParts
}

async function opened(work: (opened: Opened) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(await fastestFolder(), 'souk-nats-'))
  const server = await startNats({ folder })
  const options = { servers: server.url, contracts: testContracts, newId: newUuid, log: createLogger('silent') }
  const bus = await natsBus(options)
  const parts = await connectParts(options)
  try {
    await work({ bus, parts })
  } finally {
    await Promise.all([bus.stop(), parts.connection.close()])
    await server.stop()
    await rm(folder, { recursive: true })
  }
}

await whereInstalled(natsProgram, () => {
  test('state that is no message is a dead letter at once, overtaken by a message, and left out by who watches', () =>
    opened(async ({ bus, parts }) => {
      await parts.jetstream.publish('souk.state.test.State.key', 'no JSON')
      const read: unknown[] = []
      const watched: unknown[] = []
      const collect = (into: unknown[]) => (messages: readonly { data: unknown }[]) =>
        into.push(...messages.map(({ data }) => data))
      const readInto = collect(read)
      const reading = await bus.readState({
        name: 'a.reader',
        types: ['test.State'],
        apply: async (messages) => void readInto(messages),
      })
      await reading.caughtUp()
      expect(await bus.deadLetters({ first: 10 })).toMatchObject([
        { consumer: 'a.reader', attempts: 1, message: { source: 'souk.state.test.State.key', data: 'no JSON' } },
      ])
      const durable = readerDurable('a.reader')
      const { num_ack_pending: inHand } = await parts.manager.consumers.info(streamNames.state, durable)
      expect(inHand).toBe(0)

      const watching = await bus.watchState({ types: ['test.State'], apply: collect(watched) })
      expect(watched).toEqual([])
      await bus.publish('state', [message('test.State', 'key', 'good')])
      await Promise.all([reading.caughtUp(), watching.caughtUp()])
      expect([read, watched]).toEqual([['good'], ['good']])
      await Promise.all([reading.stop(), watching.stop()])
    }))

  test('state that is no message, and was given up, is a dead letter too', () =>
    opened(async ({ bus, parts }) => {
      const { seq } = await parts.jetstream.publish('souk.state.test.State.key', 'no JSON')
      const advisory = {
        stream: streamNames.state,
        consumer: readerDurable('a.reader'),
        stream_seq: seq,
        deliveries: 20,
      }
      const subject = `$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.${streamNames.state}.${advisory.consumer}`
      await parts.jetstream.publish(subject, JSON.stringify(advisory))
      await expect.poll(() => bus.countDeadLetters()).toBe(1)
      const left = async () => (await parts.manager.streams.info(streamNames.givenUp)).state.messages
      await expect.poll(left).toBe(0)
    }))

  test('who cannot catch up leaves no reader behind', () =>
    opened(async ({ parts }) => {
      vi.spyOn(parts.manager.streams, 'info').mockRejectedValueOnce(new NatsError('away', 'TIMEOUT'))
      const watching = watchState(parts, { types: ['test.State'], apply: () => undefined })
      await expect(watching).rejects.toThrow('away')
      expect(await parts.manager.consumers.list(streamNames.state).next()).toEqual([])
    }))
})
