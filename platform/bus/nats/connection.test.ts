import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { DebugEvents, type NatsConnection } from 'nats'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { natsProgram, startNats, type NatsServer } from '../../../scripts/servers/nats.ts'
import { freePort } from '../../../scripts/servers/free-port.ts'
import { fastestFolder } from '../../../tests/support/fast-folder.ts'
import { whereInstalled } from '../../../tests/support/where-installed.ts'
import { createLogger } from '../../telemetry/logging.ts'
import { connectNats, type Connected } from './connection.ts'

/** Counts how often it has tried to be made anew. */
function attemptsOf(connection: NatsConnection): () => number {
  let count = 0
  const counting = async () => {
    for await (const { type } of connection.status()) if (type === DebugEvents.Reconnecting) count += 1
  }
  void counting()
  return () => count
}

await whereInstalled(natsProgram, () => {
  describe('a connection to a server that does not know the user just now', () => {
    let folder: string
    let port: number
    let server: NatsServer
    let connected: Connected | undefined
    let written: string[]

    const started = async (password: string) => {
      const include = join(folder, 'users.conf')
      await writeFile(include, `authorization { users: [{ user: cart, password: ${password} }] }\n`)
      return startNats({ folder, port, include })
    }
    const connection = () =>
      connectNats({
        servers: `nats://cart:right@127.0.0.1:${port}`,
        name: 'test',
        log: createLogger('info', { write: (line) => void written.push(line) }),
      })
    const linesWith = (text: string) => written.filter((line) => line.includes(text))

    beforeEach(async () => {
      written = []
      folder = await mkdtemp(join(await fastestFolder(), 'souk-nats-'))
      port = await freePort()
    })
    afterEach(async () => {
      await connected?.connection.close()
      await server.stop()
      await rm(folder, { recursive: true })
    })

    it('is made as soon as the server knows it, and logs meanwhile what is wrong', async () => {
      server = await started('wrong')
      const connecting = connection()
      await expect.poll(() => linesWith('cannot be reached yet'), { timeout: 5_000 }).not.toEqual([])
      await server.stop()
      server = await started('right')
      connected = await connecting
      await connected.connection.flush()
      expect(linesWith('cannot be reached yet')[0]).toContain('Authorization')
      expect(linesWith('right')).toEqual([])
    })

    it('that was there comes back, however often it was refused', async () => {
      server = await started('right')
      connected = await connection()
      const attempts = attemptsOf(connected.connection)
      const back = new Promise<void>((resolve) => connected?.onReconnect(resolve))
      await server.stop()
      server = await started('wrong')
      const before = attempts()
      await expect.poll(attempts, { timeout: 5_000 }).toBeGreaterThan(before + 3)
      await server.stop()
      server = await started('right')
      await back
      await connected.connection.flush()
    })
  })
})
