import { once, EventEmitter } from 'node:events'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../tests/support/postgres.ts'
import { eventually } from '../../tests/support/shopping.ts'
import { createLogger } from '../telemetry/logging.ts'
import { listen, type Listener } from './listen.ts'

const nothing = () => undefined
const channel = 'a channel, with "signs"'

let disk: TestDatabase
let listener: Listener | undefined
beforeAll(async () => {
  disk = await createTestDatabase()
})
afterEach(() => listener?.stop())
afterAll(() => disk.drop())

/** Listens, and emits each connection and each notification as an event. */
async function listening(onConnected: () => void = () => undefined) {
  const events = new EventEmitter()
  let connections = 0
  listener = await listen({
    connection: disk.config,
    channel,
    log: createLogger('silent'),
    onNotification: (payload) => events.emit('notification', payload),
    onConnected() {
      connections += 1
      onConnected()
      events.emit('connected')
    },
  })
  return { events, listener, connections: () => connections }
}

const notify = (payload: string) => disk.pool.query('select pg_notify($1, $2)', [channel, payload])
const breakConnection = (pid: number | undefined) => disk.pool.query('select pg_terminate_backend($1)', [pid])

async function listeners(): Promise<number> {
  const { rows } = await disk.pool.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and query like 'select pg_backend_pid()%'`,
  )
  return rows[0]?.count ?? 0
}

/** A session ends a moment after its client has. */
async function expectListeners(count: number): Promise<void> {
  expect(await eventually(listeners, (open) => open === count, { what: `${count} connections listen` })).toBe(count)
}

describe('a listener', () => {
  it('is called with what is notified, with or without a payload', async () => {
    const { events } = await listening()
    for (const payload of ['some words', '']) {
      const notified = once(events, 'notification')
      await notify(payload)
      expect(await notified).toEqual([payload])
    }
  })

  it('comes back when its connection breaks, reports it, and listens again', async () => {
    const { events, listener: broken, connections } = await listening()
    const before = broken.backendPid()
    const connected = once(events, 'connected')
    await breakConnection(before)
    await connected
    expect(connections()).toBe(2)
    expect(broken.backendPid()).not.toBe(before)
    expect(broken.backendPid()).toBeTypeOf('number')
    const notified = once(events, 'notification')
    await notify('again')
    expect(await notified).toEqual(['again'])
    await expectListeners(1)
  })

  it('goes on trying when what is done on connecting fails', async () => {
    let failing = 0
    const { events } = await listening(() => {
      if (failing-- > 0) throw new Error('not now')
    })
    failing = 1
    const connected = once(events, 'connected')
    await breakConnection(listener?.backendPid())
    await connected
    expect(failing).toBe(-1)
    await expectListeners(1)
  })

  it('has no connection any more when it is stopped, also just after a break', async () => {
    const { listener: stopped, connections } = await listening()
    await breakConnection(stopped.backendPid())
    await stopped.stop()
    expect(stopped.backendPid()).toBeUndefined()
    expect(connections()).toBe(1)
    await expectListeners(0)
  })

  it.each([
    ['the database is not there', () => ({ ...disk.config, database: 'nowhere' })],
    ['the server is not there', () => ({ ...disk.config, host: '/nowhere' })],
  ])('cannot be made when %s', async (_why, connection) => {
    const log = createLogger('silent')
    const making = listen({ connection: connection(), channel, log, onNotification: nothing, onConnected: nothing })
    await expect(making).rejects.toThrow()
  })

  it('cannot be made when what is done on connecting fails, and leaves nothing open', async () => {
    await expect(
      listening(() => {
        throw new Error('not now')
      }),
    ).rejects.toThrow('not now')
    await expectListeners(0)
  })
})
