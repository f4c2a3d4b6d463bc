import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { natsProgram } from '../../../../scripts/servers/nats.ts'
import { whereInstalled } from '../../../../tests/support/where-installed.ts'
import { newUuid } from '../../../ids.ts'
import { startLoneServer, type LoneServer } from '../testing/lone-server.ts'
import { rememberingRoom, type RememberingRoom } from './known-slots.ts'
import { waitingRoom, type WaitingRoom } from './waiting.ts'

const record = { attempts: 1, due: 0, positions: [1] }

await whereInstalled(natsProgram, () => {
  describe('what is known of the slots of a partition', () => {
    let server: LoneServer
    beforeAll(async () => {
      server = await startLoneServer()
    })
    afterAll(() => server.stop())

    /** Of a consumer of its own for each test: as one process remembers it, and as another writes there. */
    let room: RememberingRoom
    let another: WaitingRoom
    /** Partitions that the server was asked for. */
    let asked: string[]
    beforeEach(() => {
      another = waitingRoom(server.parts, newUuid())
      asked = []
      room = rememberingRoom({
        ...another,
        slots(beginning) {
          asked.push(beginning ?? 'all')
          return another.slots(beginning)
        },
      })
    })

    const delivery = (count: number, request = 1) => ({ request, count })

    it('is asked for once while one delivery follows the other', async () => {
      for (const count of [7, 8, 9]) expect(await room.mayHold('3.key', delivery(count))).toBe(false)
      expect(asked).toEqual(['3'])
    })

    it('is of one partition: another one is asked for too', async () => {
      await room.mayHold('3.key', delivery(7))
      await room.mayHold('4.key', delivery(8))
      expect(asked).toEqual(['3', '4'])
    })

    it('is asked for anew when another process has had a message meanwhile, which may have failed there', async () => {
      await room.mayHold('3.key', delivery(7))
      await another.write('3.key', record, undefined)
      expect(await room.mayHold('3.key', delivery(9))).toBe(true)
      expect(await room.mayHold('3.other', delivery(10))).toBe(false)
    })

    it('is asked for anew at each request: a server that died may count again from an earlier number', async () => {
      await room.mayHold('3.key', delivery(7))
      await another.write('3.key', record, undefined)
      expect(await room.mayHold('3.key', delivery(8, 2))).toBe(true)
    })

    it('is asked for anew when a message comes once more, or the count goes back', async () => {
      await room.mayHold('3.key', delivery(7))
      await another.write('3.key', record, undefined)
      expect(await room.mayHold('3.key', delivery(7))).toBe(true)
      await another.clear((await another.read('3.key')) ?? { ...record, slot: '3.key', revision: 0 })
      expect(await room.mayHold('3.key', delivery(3))).toBe(false)
    })

    it('has what was written here', async () => {
      await room.mayHold('3.key', delivery(7))
      await room.write('3.key', record, undefined)
      expect(await room.mayHold('3.key', delivery(8))).toBe(true)
    })

    it('is forgotten by a write that came too late, since somebody else has written', async () => {
      await room.mayHold('3.key', delivery(7))
      await another.write('3.key', record, undefined)
      await expect(room.write('3.key', record, undefined)).rejects.toThrow('has changed meanwhile')
      expect(await room.mayHold('3.key', delivery(8))).toBe(true)
    })
  })
})
