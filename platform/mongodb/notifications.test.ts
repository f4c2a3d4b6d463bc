import { describe, expect, test } from 'vitest'

import { mongoProgram } from '../../scripts/servers/mongodb.ts'
import { dropMongoDatabase, mongoForTests } from '../../tests/support/mongodb.ts'
import { whereInstalled } from '../../tests/support/where-installed.ts'
import { mongoNotifications } from './notifications.ts'

await whereInstalled(mongoProgram, () => {
  const mongo = mongoForTests()

  /** Waits in one replica for what another then writes. Returns how often it looked. */
  async function waitFor(keys: Record<string, string>): Promise<number> {
    const here = mongo.database()
    const there = mongo.database({ name: here.db.databaseName })
    const notifications = mongoNotifications(here, keys)
    const listener = await notifications.listen()
    let tellLooked: () => void = () => undefined
    const looked = new Promise<void>((resolve) => (tellLooked = resolve))
    const counter = { looks: 0 }
    const seen = notifications.until('change', {
      async look() {
        counter.looks += 1
        const found = await here.db.collection('things').countDocuments()
        tellLooked()
        return found
      },
      enough: (found) => found > 0,
      atMost: 20_000,
    })
    await looked
    await there.db.collection('things').insertOne({ name: 'one' })
    expect(await seen).toBe(1)
    await listener.stop()
    await there.close()
    await dropMongoDatabase(here)
    return counter.looks
  }

  describe('who waits for a change of the database', () => {
    test('sees what another replica has written', async () => {
      expect(await waitFor({ things: 'change' })).toBeGreaterThan(1)
    })

    test('sees it also where there is no change stream to tell', async () => {
      expect(await waitFor({})).toBeGreaterThan(1)
    })

    test('is woken at once by who writes in the same process', async () => {
      const database = mongo.database()
      const notifications = mongoNotifications(database, {})
      const counter = { looks: 0 }
      const seen = notifications.until('change', {
        look: () => Promise.resolve((counter.looks += 1)),
        enough: (looks) => looks === 2,
        atMost: 20_000,
      })
      // Nobody listens, so nobody sweeps.
      await Promise.resolve()
      notifications.notify('change')
      expect(await seen).toBe(2)
      await dropMongoDatabase(database)
    })

    test('goes on waiting while the server is away, and stops when it is told to', async () => {
      const away = mongo.database({ url: 'mongodb://127.0.0.1:1/?directConnection=true', timeout: 200 })
      const listener = await mongoNotifications(away, { things: 'change' }).listen()
      await listener.stop()
      await away.close()
    })
  })
})
