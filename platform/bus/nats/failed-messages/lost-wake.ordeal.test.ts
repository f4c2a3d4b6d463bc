import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { connect } from 'nats'
import { expect, test } from 'vitest'

import { natsProgram, startNats } from '../../../../scripts/servers/nats.ts'
import { message, signal, testContracts } from '../../../../tests/contracts/bus-support.ts'
import { fastestFolder } from '../../../../tests/support/fast-folder.ts'
import { whereInstalled } from '../../../../tests/support/where-installed.ts'
import { newUuid } from '../../../ids.ts'
import { createLogger } from '../../../telemetry/logging.ts'
import { natsBus } from '../bus.ts'
import { partitionOf, streamNames } from '../streams/subjects.ts'

const keys = Array.from({ length: 100 }, (_value, number) => `key ${number}`)

await whereInstalled(natsProgram, () => {
  test('a retry whose wake was lost is begun again within seconds', async () => {
    const folder = await mkdtemp(join(await fastestFolder(), 'souk-nats-'))
    const server = await startNats({ folder })
    const options = { contracts: testContracts, newId: newUuid, log: createLogger('silent'), retryPauses: [10] }
    const bus = await natsBus({ servers: server.url, ...options })
    const admin = await connect({ servers: server.url })
    const { streams } = await admin.jetstreamManager()

    const [busy, free, retried] = [signal(), signal(), signal()]
    const failed = new Set<string>()
    await bus.consume({
      name: 'a',
      types: ['test.Event'],
      async handle([first]) {
        if (first?.data === 'slow') {
          busy.give()
          await free.given
        } else if (failed.has(String(first?.id))) retried.give()
        else {
          failed.add(String(first?.id))
          throw new Error('not at the first attempt')
        }
      },
    })
    // Of one partition, so that the wake waits behind the slow one.
    const other = keys.find((key) => partitionOf(key) === partitionOf('key')) ?? ''
    await bus.publish('log', [message('test.Event', 'key', 'quick'), message('test.Event', other, 'slow')])
    await busy.given
    const wakes = 'souk.wake.>'
    const stored = async () => (await streams.info(streamNames.log, { subjects_filter: wakes })).state.subjects ?? {}
    await expect.poll(async () => Object.keys(await stored()).length).toBe(1)
    await streams.purge(streamNames.log, { filter: wakes })
    free.give()
    await retried.given

    await Promise.all([bus.stop(), admin.close()])
    await server.stop()
    await rm(folder, { recursive: true })
  })
})
