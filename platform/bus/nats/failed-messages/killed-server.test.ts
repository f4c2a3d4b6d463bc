import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { natsProgram } from '../../../../scripts/servers/nats.ts'
import { message } from '../../../../tests/contracts/bus-support.ts'
import { whereInstalled } from '../../../../tests/support/where-installed.ts'
import { newUuid } from '../../../ids.ts'
import { startLoneServer, type LoneServer } from '../testing/lone-server.ts'
import { placeOf } from '../streams/subjects.ts'
import { allLetters, bury, replayDeadLetter } from './dead-letters.ts'
import { waitingRoom, type Waiting } from './waiting.ts'

const record = { attempts: 1, due: 0, positions: [1] }
const numbers = Array.from({ length: 20 }, (_value, number) => number)

await whereInstalled(natsProgram, () => {
  describe('what is done with does not come back when the server is killed', () => {
    let server: LoneServer
    beforeAll(async () => {
      server = await startLoneServer()
    })
    afterAll(() => server.stop())

    it('a record of what waited', async () => {
      const room = waitingRoom(server.parts, newUuid())
      const written: Waiting[] = []
      for (const number of numbers) {
        const slot = `3.${number}`
        const first = await room.write(slot, record, undefined)
        written.push(await room.write(slot, { ...record, attempts: 2 }, first))
      }
      // Where nothing stays behind, even a limit of the stream brings nothing back.
      const last = await room.write('3.last', record, undefined)
      for (const one of written) await room.clear(one)
      await server.killAndRestart()
      expect(await room.slots()).toEqual(['3.last'])
      expect(await room.read('3.last')).toEqual(last)
    })

    it('a dead letter that was buried twice', async () => {
      const consumer = newUuid()
      const dead = numbers.map((number) => message('test.Event', `key ${number}`, number))
      for (const [at, one] of dead.entries()) {
        const place = placeOf('log', at)
        const letter = { consumer, stream: 'log', message: one, place, attempts: 1, error: 'never' } as const
        await bury(server.parts, letter)
        await bury(server.parts, { ...letter, attempts: 2 })
      }
      const letters = await allLetters(server.parts)
      expect(letters.map(({ attempts }) => attempts)).toEqual(dead.map(() => 1))
      for (const { id } of letters.slice(0, -1)) await replayDeadLetter(server.parts, id)
      await server.killAndRestart()
      expect(await allLetters(server.parts)).toEqual(letters.slice(-1))
    })
  })
})
