import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { natsBus } from '../../platform/bus/nats/bus.ts'
import type { Message } from '../../platform/messaging/message.ts'
import { newUuid } from '../../platform/ids.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { natsProgram, startNats, startNatsCluster } from '../../scripts/servers/nats.ts'
import { fastestFolder } from '../support/fast-folder.ts'
import { whereInstalled } from '../support/where-installed.ts'
import { collecting, collector, message, testContracts, testPauses } from './bus-support.ts'

const patience = 90_000

await whereInstalled(natsProgram, () => {
  describe('three servers that keep three copies', { timeout: patience }, () => {
    it('go on when any one of them is killed, and lose nothing', async () => {
      const folder = await mkdtemp(join(await fastestFolder(), 'souk-nats-'))
      const members = await startNatsCluster(folder)
      const servers = members.map(({ server }) => server.url)
      const log = createLogger('silent')
      const options = { contracts: testContracts, newId: newUuid, log, retryPauses: testPauses }
      const [publisher, consumer] = await Promise.all([
        natsBus({ servers, ...options }),
        natsBus({ servers: [...servers].reverse(), ...options }),
      ])
      const seen = collector()
      const states = new Map<string, unknown>()
      await consumer.consume({ name: 'a', types: ['test.Event'], handle: collecting(seen) })
      const watching = await consumer.watchState({
        types: ['test.State'],
        apply: (changed) => changed.forEach(({ subject, data }) => states.set(subject, data)),
      })

      const published: Message[] = []
      for (const member of members) {
        const batches = Array.from({ length: 10 }, () =>
          Array.from({ length: 20 }, (_value, key) => message('test.Event', `key ${key}`)),
        )
        const killing = member.server.kill()
        for (const batch of batches) {
          await publisher.publish('log', batch)
          await publisher.publish('state', [message('test.State', 'key', batch.at(-1)?.aggregateversion)])
          published.push(...batch)
        }
        await killing
        await seen.reached(published.length)
        member.server = await startNats(member.options)
      }

      const ids = published.map(({ id }) => id)
      expect(new Set(seen.handled.map(({ id }) => id))).toEqual(new Set(ids))
      await watching.caughtUp()
      expect(states.get('key')).toBe(published.at(-1)?.aggregateversion)
      await Promise.all([publisher.stop(), consumer.stop()])
      await Promise.all(members.map(({ server }) => server.stop()))
      await rm(folder, { recursive: true })
    })
  })
})
