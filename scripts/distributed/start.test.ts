import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { lockFolder } from '../../embedded/postgres/data-folder/folder-lock.ts'
import { readSubgraphList } from '../../platform/subgraph/list.ts'
import { noteFilledOn, storesUsed } from './filled-on.ts'
import { startDistributed, type DistributedOptions } from './start.ts'

const root = join(import.meta.dirname, '..', '..')

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-test-'))
})
afterEach(() => rm(folder, { recursive: true }))

function started(options: Partial<DistributedOptions>) {
  const said: string[] = []
  const shop = startDistributed({
    ...{ folder, replicas: 1, kind: 'postgres', durable: false, given: {}, signal: new AbortController().signal },
    say: (line) => said.push(line),
    step(what, work) {
      said.push(what)
      return work()
    },
    ...options,
  })
  return { shop, said }
}

it('a port that another has is refused before any store is started', async () => {
  const [users] = readSubgraphList(root).filter(({ name }) => name === 'users')
  const port = Number(new URL(users?.url ?? '').port)
  const { shop, said } = started({ port })
  await expect(shop).rejects.toMatchObject({
    message: `gateway cannot have port ${port}: it is that of users.`,
    cure: expect.stringContaining('choose another PORT'),
  })
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const taken = typeof address === 'object' ? address?.port : undefined
  const second = started({ ...(taken !== undefined && { port: taken }) })
  await expect(second.shop).rejects.toMatchObject({ message: expect.stringContaining('is in use.') })
  other.close()
  expect([...said, ...second.said]).toEqual([])
})

it('a HOST of another machine is refused before any store is started', async () => {
  const { shop, said } = started({ settings: { HOST: '192.0.2.1' } })
  await expect(shop).rejects.toMatchObject({
    cure: 'Set HOST to an address of this machine, such as localhost or 0.0.0.0.',
  })
  expect(said).toEqual([])
})

it('a store that is named and not there is refused before any is started', async () => {
  const { shop, said } = started({ kind: 'each its own', given: { REDIS_URL: 'redis://127.0.0.1:1' } })
  await expect(shop).rejects.toMatchObject({ name: 'StartError', message: expect.stringContaining('REDIS_URL') })
  expect(said).toEqual([])
})

it('a second shop on the same folder is refused before any store is started there', async () => {
  const lock = await lockFolder(folder)
  const { shop: second, said } = started({})
  await expect(second).rejects.toMatchObject({
    message: `Another Souk (process ${process.pid}) is running on the data folder ${folder}.`,
    cure: 'Stop it first, or give this one a folder of its own by SOUK_DISTRIBUTED_DIR.',
  })
  expect(said).toEqual([])
  expect((await readdir(folder)).toSorted()).toEqual(['logs', 'souk.lock'])
  await lock.release()
})

it('a folder whose shop was filled on other stores is refused before any is started', async () => {
  await noteFilledOn(folder, storesUsed({ kind: 'each its own', given: {} }))
  const { shop, said } = started({ kind: 'postgres' })
  await expect(shop).rejects.toMatchObject({ name: 'StartError', message: expect.stringContaining('is filled on') })
  expect(said).toEqual([])
})
