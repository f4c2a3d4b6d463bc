import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { redisProgram, startRedis } from '../../scripts/servers/redis.ts'
import { fastestFolder } from '../support/fast-folder.ts'
import { firstVersion, next, saveIn } from '../support/carts.ts'
import { openCartsUnderTest, openLoneRedisCarts, type RedisCarts } from '../support/redis-carts.ts'
import { whereInstalled } from '../support/where-installed.ts'
import { cartStoreContract } from '../contracts/cart-store.ts'

const slots = 16_384
const nodes = 3

await whereInstalled(redisProgram, () => {
  let cluster: Awaited<ReturnType<typeof startCluster>>
  let opened: RedisCarts
  beforeAll(async () => {
    cluster = await startCluster()
    opened = await openLoneRedisCarts(cluster.url)
  })
  afterAll(async () => {
    await opened.close()
    await cluster.stop()
  })

  cartStoreContract('carts on a Redis Cluster', async () => {
    const { url, stop } = await startCluster()
    return openCartsUnderTest(url, stop)
  })

  test('carts lie on every node, come back when one has lost all, and are relayed', async () => {
    const carts = Array.from({ length: 60 }, () => firstVersion())
    for (const cart of carts) expect(await saveIn(opened.stores.carts, cart)).toBe(true)
    const sizes = await cluster.onEach((node) => node.dbsize())
    expect(Math.min(...sizes)).toBeGreaterThan(0)
    await opened.stores.backedUp()
    await cluster.clear(1)
    for (const cart of carts) {
      const [found] = (await opened.stores.carts.byOwners([cart.owner])).carts
      if (found === undefined) throw new Error('no cart')
      expect(found.lines).toEqual(cart.lines)
      expect(await saveIn(opened.stores.carts, next(found, 3))).toBe(true)
    }
    const published: string[] = []
    const publish = (_stream: string, messages: readonly { subject: string }[]) =>
      Promise.resolve(void published.push(...messages.map(({ subject }) => subject)))
    while (await opened.stores.storage.outbox.relayBatch(publish));
    expect(new Set(published)).toEqual(new Set(carts.map(({ id }) => id)))
  })
})

/** Three nodes that share the slots, without replicas. */
async function startCluster() {
  const folder = await mkdtemp(join(await fastestFolder(), 'souk-cluster-'))
  const servers = await Promise.all(
    Array.from({ length: nodes }, (_, index) => startRedis({ folder: join(folder, `${index}`), cluster: true })),
  )
  const clients = servers.map(({ url }) => new Redis(url))
  const share = Math.ceil(slots / nodes)
  await Promise.all(
    clients.map((client, index) =>
      client.call('CLUSTER', 'ADDSLOTSRANGE', index * share, Math.min((index + 1) * share, slots) - 1),
    ),
  )
  const [first, ...others] = clients
  for (const server of servers.slice(1))
    await first?.call('CLUSTER', 'MEET', '127.0.0.1', server.port, server.busPort ?? 0)
  for (const client of clients) {
    while (!(await client.cluster('INFO')).includes('cluster_state:ok'))
      await new Promise((done) => setTimeout(done, 50))
  }
  return {
    url: servers.map(({ url }) => url).join(','),
    onEach: <Result>(work: (client: Redis) => Promise<Result>) => Promise.all(clients.map(work)),
    /** All nodes, or one, lose all. */
    clear: async (which?: number) => {
      await Promise.all(
        clients.filter((_client, index) => (which ?? index) === index).map((client) => client.flushall()),
      )
    },
    async stop() {
      for (const client of [first, ...others]) client?.disconnect()
      await Promise.all(servers.map((server) => server.stop()))
      await rm(folder, { recursive: true })
    },
  }
}
