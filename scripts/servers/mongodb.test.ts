import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { MongoClient } from 'mongodb'
import { expect, test } from 'vitest'

import { fastestFolder } from '../../tests/support/fast-folder.ts'
import { whereInstalled } from '../../tests/support/where-installed.ts'
import { mongoProgram, mongoServer, startMongo } from './mongodb.ts'

test('a MongoDB that is given is used as it is', async () => {
  const server = await mongoServer({ folder: '/nowhere' }, 'mongodb://given:27017')
  expect([server.url, server.name]).toEqual(['mongodb://given:27017', 'MONGODB_URL'])
  await server.stop()
})

await whereInstalled(mongoProgram, () => {
  test('a MongoDB has what it acknowledged after a kill, on the same folder and port', async () => {
    const folder = await mkdtemp(join(await fastestFolder(), 'souk-mongodb-'))
    const first = await startMongo({ folder })
    expect(first.name).toBe((await mongoProgram()).kind)
    await withClient(first.url, (client) => client.db('test').collection('kept').insertOne({ key: 'value' }))
    await first.kill()
    const second = await startMongo({ folder, port: first.port })
    expect(await withClient(second.url, (client) => client.db('test').collection('kept').countDocuments())).toBe(1)
    await second.stop()
    await rm(folder, { recursive: true })
  })
})

async function withClient<Result>(url: string, work: (client: MongoClient) => Promise<Result>): Promise<Result> {
  const client = new MongoClient(url, { writeConcern: { w: 'majority', journal: true } })
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}
