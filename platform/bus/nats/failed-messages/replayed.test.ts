import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { natsProgram } from '../../../../scripts/servers/nats.ts'
import { message, signal } from '../../../../tests/contracts/bus-support.ts'
import { whereInstalled } from '../../../../tests/support/where-installed.ts'
import type { Subscription } from '../../../messaging/bus.ts'
import { UnparseableMessage } from '../../../messaging/message.ts'
import { consumeLog } from '../consuming/consume.ts'
import { readState } from '../consuming/read-state.ts'
import { createPublisher } from '../publish.ts'
import { startLoneServer, type LoneServer } from '../testing/lone-server.ts'
import { allLetters, replayDeadLetter } from './dead-letters.ts'

/** At the first replay it fails once as what may pass does, and then for good. */
const failures = [new UnparseableMessage('first'), new Error('it may pass'), new UnparseableMessage('second')]

await whereInstalled(natsProgram, () => {
  describe('a message that is replayed, and fails again before its letter is removed', () => {
    let server: LoneServer
    beforeAll(async () => {
      server = await startLoneServer([1])
    })
    afterAll(() => server.stop())

    const consuming = {
      log: (handle: () => Promise<void>) => consumeLog(server.parts, { name: 'c', types: ['test.Event'], handle }),
      state: (apply: () => Promise<void>) => readState(server.parts, { name: 'r', types: ['test.State'], apply }),
    }

    it.each([
      ['log', 'test.Event'],
      ['state', 'test.State'],
    ] as const)('has another letter, of the %s too', async (stream, type) => {
      const left = [...failures]
      const failed = signal()
      const subscription: Subscription = await consuming[stream](() => {
        const failure = left.shift()
        if (failure === undefined) return Promise.resolve()
        return Promise.reject(failure)
      })
      const { parts } = server
      await createPublisher(parts)(stream, [message(type, 'key')])
      const letters = () => allLetters(parts)
      await expect.poll(letters).toMatchObject([{ error: 'first' }])
      const [first] = await letters()

      const { streams } = parts.manager
      const remove = streams.deleteMessage.bind(streams)
      const removing = vi.spyOn(streams, 'deleteMessage').mockImplementation(async (...about) => {
        if (about[0] === 'SOUK_DEAD') await failed.given
        return remove(...about)
      })
      const replayed = replayDeadLetter(parts, first?.id ?? '')
      await expect.poll(letters).toMatchObject([{ error: 'first' }, { error: 'second' }])
      failed.give()
      expect(await replayed).toBe(true)
      removing.mockRestore()
      const [second, ...others] = await letters()
      expect([second?.error, others]).toEqual(['second', []])

      expect(await replayDeadLetter(parts, second?.id ?? '')).toBe(true)
      await subscription.caughtUp()
      await expect.poll(letters).toEqual([])
      await subscription.stop()
    })
  })
})
