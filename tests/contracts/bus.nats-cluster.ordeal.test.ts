import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { connect } from 'nats'
import { describe, expect, it } from 'vitest'

import { natsBus } from '../../platform/bus/nats/bus.ts'
import { openBus } from '../../platform/process/bus.ts'
import { groundConfig } from '../../platform/process/config.ts'
import type { Message } from '../../platform/messaging/message.ts'
import { newUuid } from '../../platform/ids.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { natsProgram, startNats } from '../../scripts/servers/nats.ts'
import { fastestFolder } from '../support/fast-folder.ts'
import { whereInstalled } from '../support/where-installed.ts'
import { collecting, collector, message, testContracts, testPauses } from './bus-support.ts'
import { credentials, startNatsCluster } from './nats-cluster-under-test.ts'

const patience = 90_000

await whereInstalled(natsProgram, () => {
  describe('three servers that keep three copies', { timeout: patience }, () => {
    it('are three where they are reached by one name and it is said how many there are', async () => {
      const folder = await mkdtemp(join(await fastestFolder(), 'souk-nats-'))
      const members = await startNatsCluster(folder)
      const [first = ''] = members.map(({ server }) => server.url)
      const logged: { readonly msg: string }[] = []
      const log = createLogger('warn', { write: (line) => logged.push(JSON.parse(line) as { msg: string }) })
      const config = groundConfig.parse({ NATS_URL: first.replace('//', '//seed:secret-of-seed@') })
      const bus = await openBus(config, { contracts: testContracts, log })
      await bus.stop()
      expect(logged.map(({ msg }) => msg)).toContainEqual(expect.stringContaining('NATS_COPIES'))
      await expect.poll(() => copiesOf(first), { timeout: 30_000 }).toEqual(new Set([1]))
      logged.length = 0
      const grown = await openBus({ ...config, NATS_COPIES: 3 }, { contracts: testContracts, log })
      await grown.stop()
      await expect.poll(() => copiesOf(first), { timeout: 30_000 }).toEqual(new Set([3]))
      expect(logged).toEqual([])
      await Promise.all(members.map(({ server }) => server.stop()))
      await rm(folder, { recursive: true })
    })

    it('go on when any one of them is killed, and lose nothing', async () => {
      const folder = await mkdtemp(join(await fastestFolder(), 'souk-nats-'))
      const members = await startNatsCluster(folder)
      const servers = members.map(({ server }) => server.url)
      const log = createLogger('silent')
      const options = { credentials, contracts: testContracts, newId: newUuid, log, retryPauses: testPauses }
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

/** On how many servers the streams are, each of them once. */
async function copiesOf(servers: string): Promise<ReadonlySet<number>> {
  const connection = await connect({ servers, user: credentials.user, pass: credentials.password })
  const streams = await (await connection.jetstreamManager()).streams.list().next()
  await connection.close()
  return new Set(streams.map(({ config }) => config.num_replicas))
}
