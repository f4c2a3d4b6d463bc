import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { natsProgram, startNats, type NatsServer } from '../../../scripts/servers/nats.ts'
import { message, testContracts } from '../../../tests/contracts/bus-support.ts'
import { fastestFolder } from '../../../tests/support/fast-folder.ts'
import { whereInstalled } from '../../../tests/support/where-installed.ts'
import { newUuid } from '../../ids.ts'
import { createLogger } from '../../telemetry/logging.ts'
import { allLetters, bury, replayDeadLetter } from './dead-letters.ts'
import { connectParts, type BusParts } from './parts.ts'
import { declareStreams } from './streams.ts'
import { waitingRoom, type Waiting } from './waiting.ts'

const record = { attempts: 1, due: 0, positions: [1] }
const numbers = Array.from({ length: 20 }, (_value, number) => number)

await whereInstalled(natsProgram, () => {
  describe('what is done with does not come back when the server is killed', () => {
    let folder: string
    let server: NatsServer
    let parts: BusParts
    beforeAll(async () => {
      folder = await mkdtemp(join(await fastestFolder(), 'souk-nats-'))
      server = await startNats({ folder })
      const log = createLogger('silent')
      parts = await connectParts({ servers: server.url, contracts: testContracts, newId: newUuid, log })
      await declareStreams(parts.manager, 1)
    })
    afterAll(async () => {
      await parts.connection.close()
      await server.stop()
      await rm(folder, { recursive: true })
    })

    async function killServer(): Promise<void> {
      const isBack = new Promise<void>((resolve) => {
        const stopListening = parts.onReconnect(() => {
          stopListening()
          resolve()
        })
      })
      await server.kill()
      server = await startNats({ folder, port: server.port })
      await isBack
    }

    it('a record of what waited', async () => {
      const room = waitingRoom(parts, newUuid())
      const written: Waiting[] = []
      for (const number of numbers) {
        const slot = `3.${number}`
        const first = await room.write(slot, record, undefined)
        written.push(await room.write(slot, { ...record, attempts: 2 }, first))
      }
      // The server keeps what lies behind what was removed.
      const last = await room.write('3.last', record, undefined)
      for (const one of written) await room.clear(one)
      await killServer()
      expect(await room.slots()).toEqual(['3.last'])
      expect(await room.read('3.last')).toEqual(last)
    })

    it('a dead letter that was buried twice', async () => {
      const consumer = newUuid()
      const dead = numbers.map((number) => message('test.Event', `key ${number}`, number))
      for (const one of dead) {
        const letter = { consumer, stream: 'log', message: one, attempts: 1, error: 'never' } as const
        await bury(parts, letter)
        await bury(parts, { ...letter, attempts: 2 })
      }
      const letters = await allLetters(parts)
      expect(letters.map(({ attempts }) => attempts)).toEqual(dead.map(() => 1))
      for (const { id } of letters.slice(0, -1)) await replayDeadLetter(parts, id)
      await killServer()
      expect(await allLetters(parts)).toEqual(letters.slice(-1))
    })
  })
})
