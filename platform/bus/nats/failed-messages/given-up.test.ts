import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { connect, nanos } from 'nats'
import { expect, test } from 'vitest'

import { natsProgram, startNats } from '../../../../scripts/servers/nats.ts'
import { message, signal, testContracts } from '../../../../tests/contracts/bus-support.ts'
import { fastestFolder } from '../../../../tests/support/fast-folder.ts'
import { proxyTo } from '../../../../tests/support/tcp-proxy.ts'
import { whereInstalled } from '../../../../tests/support/where-installed.ts'
import { newUuid } from '../../../ids.ts'
import { createLogger } from '../../../telemetry/logging.ts'
import { natsBus } from '../bus.ts'
import { errandSubject, logDurable, partitionOf, readerDurable, slotOf, streamNames } from '../streams/subjects.ts'
import { undertaker } from './given-up.ts'

await whereInstalled(natsProgram, () => {
  test('a message that ends every process that takes it becomes a dead letter, and its key goes on', async () => {
    const folder = await mkdtemp(join(await fastestFolder(), 'souk-nats-'))
    const server = await startNats({ folder })
    const way = await proxyTo(server.port)
    const options = { contracts: testContracts, newId: newUuid, log: createLogger('silent') }
    const survivor = await natsBus({ servers: server.url, ...options })
    const doomed = await natsBus({ servers: `nats://127.0.0.1:${way.port}`, ...options })
    const [taken, never] = [signal(), signal()]
    await doomed.consume({
      name: 'a.b',
      types: ['test.Event'],
      handle: () => {
        taken.give()
        return never.given
      },
    })
    // The server gives up after one delivery, so that one process is enough.
    const admin = await connect({ servers: server.url })
    const { consumers } = await admin.jetstreamManager()
    const limits = { max_deliver: 1, ack_wait: nanos(1_000) }
    await consumers.update(streamNames.log, logDurable('a.b', partitionOf('key')), limits)

    const deadly = message('test.Event', 'key', 'deadly')
    await survivor.publish('log', [deadly, message('test.Event', 'key', 'next')])
    await taken.given
    way.cut()
    await expect.poll(() => survivor.deadLetters({ first: 10 }), { timeout: 10_000 }).toHaveLength(1)
    expect(await survivor.deadLetters({ first: 10 })).toMatchObject([
      { consumer: 'a.b', message: deadly, attempts: 1, error: expect.stringContaining('handed over 1 times') },
    ])
    const next = signal()
    const subscription = await survivor.consume({
      name: 'a.b',
      types: ['test.Event'],
      async handle(messages) {
        if (messages.some(({ data }) => data === 'next')) next.give()
      },
    })
    await next.given
    await subscription.stop()
    never.give()
    await Promise.all([doomed.stop(), survivor.stop(), admin.close()])
    await way.close()
    await server.stop()
    await rm(folder, { recursive: true })
  })

  test('a wake that was given up makes no dead letter of what waits in a record that has changed since', async () => {
    const folder = await mkdtemp(join(await fastestFolder(), 'souk-nats-'))
    const server = await startNats({ folder })
    const options = { contracts: testContracts, newId: newUuid, log: createLogger('silent'), retryPauses: [60_000] }
    const bus = await natsBus({ servers: server.url, ...options })
    await bus.consume({ name: 'a.b', types: ['test.Event'], handle: () => Promise.reject(new Error('not yet')) })
    const innocent = message('test.Event', 'key')
    await bus.publish('log', [innocent])
    const admin = await connect({ servers: server.url })
    const manager = await admin.jetstreamManager()
    const { streams, consumers } = manager
    await expect.poll(async () => (await streams.info(streamNames.waiting)).state.messages).toBe(1)

    // As after a crash of who had buried the one before it, and had written the record.
    const jetstream = admin.jetstream()
    const wake = errandSubject('wake', 'a.b', slotOf('log', innocent))
    const { seq } = await jetstream.publish(wake, JSON.stringify({ revision: 0 }))
    const durable = logDurable('a.b', partitionOf('key'))
    const advisory = { stream: streamNames.log, consumer: durable, stream_seq: seq, deliveries: 20 }
    const subject = `$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.${streamNames.log}.${durable}`
    await jetstream.publish(subject, JSON.stringify(advisory))
    await expect
      .poll(async () => (await consumers.info(streamNames.givenUp, undertaker)).ack_floor.consumer_seq)
      .toBe(1)

    expect(await bus.countDeadLetters()).toBe(0)
    expect((await streams.info(streamNames.waiting)).state.messages).toBe(1)
    await Promise.all([bus.stop(), admin.close()])
    await server.stop()
    await rm(folder, { recursive: true })
  })

  test('a wake of state that was given up makes a dead letter of that state', async () => {
    const folder = await mkdtemp(join(await fastestFolder(), 'souk-nats-'))
    const server = await startNats({ folder })
    const options = { contracts: testContracts, newId: newUuid, log: createLogger('silent'), retryPauses: [60_000] }
    const bus = await natsBus({ servers: server.url, ...options })
    await bus.readState({ name: 'r', types: ['test.State'], apply: () => Promise.reject(new Error('not yet')) })
    const deadly = message('test.State', 'key')
    await bus.publish('state', [deadly])
    const admin = await connect({ servers: server.url })
    const { streams } = await admin.jetstreamManager()
    await expect.poll(async () => (await streams.info(streamNames.waiting)).state.messages).toBe(1)

    const jetstream = admin.jetstream()
    const { last_seq: revision } = (await streams.info(streamNames.waiting)).state
    const wake = errandSubject('wake', 'r', slotOf('state', deadly))
    const { seq } = await jetstream.publish(wake, JSON.stringify({ revision }))
    const durable = readerDurable('r')
    const advisory = { stream: streamNames.log, consumer: durable, stream_seq: seq, deliveries: 20 }
    const subject = `$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.${streamNames.log}.${durable}`
    await jetstream.publish(subject, JSON.stringify(advisory))
    const letters = () => bus.deadLetters({ first: 10 })
    await expect.poll(letters).toMatchObject([{ consumer: 'r', message: deadly }])
    // As state, which comes back as that.
    const again = errandSubject('again', 'r', slotOf('state', deadly))
    const [letter] = await letters()
    expect(await bus.replayDeadLetter(letter?.id ?? '')).toBe(true)
    expect(await streams.getMessage(streamNames.log, { last_by_subj: again })).toMatchObject({ subject: again })
    await Promise.all([bus.stop(), admin.close()])
    await server.stop()
    await rm(folder, { recursive: true })
  })
})
