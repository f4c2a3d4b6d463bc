import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { connect } from 'nats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { allContracts } from '../../contracts/all.ts'
import { natsBus } from '../../platform/bus/nats/bus.ts'
import { natsWatching } from '../../platform/bus/nats/watching.ts'
import { streamNames, subjectOf } from '../../platform/bus/nats/streams/subjects.ts'
import { newUuid } from '../../platform/ids.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { natsProgram, startNats, type NatsServer } from '../../scripts/servers/nats.ts'
import { message } from '../../tests/contracts/bus-support.ts'
import { fastestFolder } from '../../tests/support/fast-folder.ts'
import { whereInstalled } from '../../tests/support/where-installed.ts'
import { services } from './services.ts'
import { natsUsers, passwordVariable } from './users.ts'

const passwords = Object.fromEntries(
  [...services.map(({ name }) => name), 'seed'].map((name) => [passwordVariable(name), `secret-of-${name}`]),
)

await whereInstalled(natsProgram, () => {
  describe('a user of NATS', () => {
    let folder: string
    let server: NatsServer
    beforeAll(async () => {
      folder = await mkdtemp(join(await fastestFolder(), 'souk-nats-'))
      const include = join(folder, 'users.conf')
      await writeFile(
        include,
        natsUsers(services, (name) => `$${passwordVariable(name)}`),
      )
      server = await startNats({ folder, include, environment: passwords })
    })
    afterAll(async () => {
      await server.stop()
      await rm(folder, { recursive: true })
    })

    const credentials = (name: string) => ({ user: name, password: `secret-of-${name}` })

    function busOf(name: string) {
      const options = { contracts: allContracts, newId: newUuid, log: createLogger('silent'), retryPauses: [10] }
      return natsBus({ servers: server.url, credentials: credentials(name), ...options })
    }

    it.each(services.filter(({ onlyWatches }) => onlyWatches !== true))(
      'may do all that $name does',
      async ({ name, publishes, consumes, readers, watches, replays }) => {
        const bus = await busOf(name)
        for (const { stream, type } of publishes) await bus.publish(stream, [message(type, newUuid())])
        const state = ['products.ProductState']
        const subscriptions = await Promise.all([
          ...readers.map((reader) => bus.readState({ name: reader, types: state, apply: refuseOnce() })),
          ...(watches ? [bus.watchState({ types: state, apply: () => undefined })] : []),
          ...(consumes ? [bus.consume({ name, types: ['orders.OrderPlaced'], handle: refuseOnce() })] : []),
        ])
        await Promise.all(subscriptions.map((subscription) => subscription.caughtUp()))
        await Promise.all(readers.map((reader) => bus.rereadState(reader)))
        await Promise.all(subscriptions.map((subscription) => subscription.stop()))
        if (replays) expect(await bus.deadLetters({ first: 10 })).toEqual([])
        expect(await bus.ready()).toBe(true)
        await bus.stop()
      },
    )

    it('may watch state, and no more, where that is all its service does', async () => {
      const options = { newId: newUuid, log: createLogger('silent') }
      const watching = await natsWatching({ servers: server.url, credentials: credentials('gateway'), ...options })
      const products = await busOf('products')
      const followed: boolean[] = []
      const keys: string[] = []
      const watcher = await watching.watchState({
        types: ['products.ProductState'],
        apply: (messages) => keys.push(...messages.map(({ subject }) => subject)),
        follows: (isFollowing) => followed.push(isFollowing),
      })
      const key = newUuid()
      await products.publish('state', [message('products.ProductState', key)])
      await expect.poll(() => [keys.at(-1), followed.at(-1)]).toEqual([key, true])
      await watcher.stop()
      await watching.stop()
      await products.stop()
      await expect(busOf('gateway')).rejects.toThrow(/permission/i)
    })

    it.each(services)('can say nothing in the name of another than $name', async ({ name, publishes }) => {
      const { user, password } = credentials(name)
      const connection = await connect({ servers: server.url, user, pass: password, inboxPrefix: `_INBOX_${name}` })
      const others = allContracts.filter((contract) => !publishes.includes(contract))
      expect(others.length).toBeGreaterThan(0)
      for (const { stream, type } of others) {
        const subject = subjectOf(stream, { type, subject: 'key' })
        await expect(connection.request(subject, '{}', { timeout: 2_000 })).rejects.toThrow(/permission/i)
      }
      await connection.close()
    })

    it('a stream that is not what it should be is put right by operations alone, and the others wait for it', async () => {
      const seed = await connect({ servers: server.url, user: 'seed', pass: 'secret-of-seed' })
      const { streams } = await seed.jetstreamManager()
      await streams.update(streamNames.dead, { description: 'as an older release had it' })
      const others = services.filter(({ name, onlyWatches }) => name !== 'operations' && onlyWatches !== true)
      for (const { name } of others) await expect(busOf(name)).rejects.toThrow('may not change it')
      await (await busOf('operations')).stop()
      expect((await streams.info(streamNames.dead)).config.description).toBe('Dead letters.')
      for (const { name } of others) await (await busOf(name)).stop()
      await seed.close()
    })

    it('can hear no answer that is for another', async () => {
      const { user, password } = credentials('cart')
      const connection = await connect({ servers: server.url, user, pass: password, inboxPrefix: '_INBOX_cart' })
      const listening = connection.subscribe('_INBOX_orders.>')
      await expect(listening.closed.then(() => connection.flush())).resolves.toBeUndefined()
      await connection.close()
    })

    it('has a password', async () => {
      await expect(connect({ servers: server.url, user: 'orders', pass: 'guessed' })).rejects.toThrow(/authorization/i)
    })
  })
})

/** A handler whose first attempt fails, so that what a retry needs is used too. */
function refuseOnce(): () => Promise<void> {
  let refused = false
  return async () => {
    if (refused) return
    refused = true
    throw new Error('not yet')
  }
}
