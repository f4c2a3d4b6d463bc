import { describe, expect, it } from 'vitest'

import { Cancellation } from '../../../platform/work/cancellation.ts'
import { ask, clientsOfQuietServer } from '../../../tests/support/quiet-server.ts'

const { answer, arrived, open, sockets } = clientsOfQuietServer()

describe('requests of the same moment', () => {
  it('go over one connection, and are told apart by their order', async () => {
    const client = open()
    const asked = ['a', 'b', 'c'].map((name) => ask(client, name))
    expect(await arrived(3)).toEqual([['a', 'b', 'c']])
    answer(0, '1', '2')
    answer(0, '3')
    expect(await Promise.all(asked)).toEqual(['1', '2', '3'])
  })

  it('are not too many for one', async () => {
    const client = open()
    for (let count = 0; count < 20; count += 1) void ask(client, String(count))
    expect((await arrived(20)).map(({ length }) => length).toSorted()).toEqual([4, 8, 8])
  })

  it('that change something go apart', async () => {
    const client = open()
    void ask(client, 'a')
    void ask(client, 'change', { mayShare: false })
    void ask(client, 'b')
    void ask(client, 'c')
    const names = await arrived(4)
    expect(names.toSorted()).toEqual([['a'], ['b', 'c'], ['change']])
  })
})

describe('a request that nobody waits for any more', () => {
  it('takes nothing from those with which it was sent', async () => {
    const client = open()
    const gone = new Cancellation()
    const [first, second, third] = [ask(client, 'a', { cancellation: gone }), ask(client, 'b'), ask(client, 'c')]
    await arrived(3)
    gone.cancel(new Error('gone'))
    await expect(first).rejects.toThrow('gone')
    answer(0, 'not read', 'b', 'c')
    expect(await Promise.all([second, third])).toEqual(['b', 'c'])
  })

  it('is not sent where it has not been', async () => {
    const client = open()
    const gone = new Cancellation()
    const asked = ask(client, 'a', { cancellation: gone })
    gone.cancel(new Error('gone'))
    await expect(asked).rejects.toThrow('gone')
    await expect(
      ask(client, 'b', { cancellation: Cancellation.by(AbortSignal.abort(new Error('before'))) }),
    ).rejects.toThrow('before')
    void ask(client, 'c')
    expect(await arrived(1)).toEqual([['c']])
  })
})

it('that an answer will come is no answer', async () => {
  const client = open()
  const asked = ['a', 'b'].map((name) => ask(client, name))
  await arrived(2)
  sockets[0]?.write('HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n')
  answer(0, '1', '2')
  expect(await Promise.all(asked)).toEqual(['1', '2'])
})

describe('a connection', () => {
  it('that has grown old is not used again', async () => {
    const client = open({ lifetime: 0 })
    for (const place of [0, 1, 2]) {
      const [asked] = [ask(client, String(place)), await arrived(place + 1)]
      answer(place, 'old')
      expect(await asked).toBe('old')
    }
  })

  it('that the server keeps for less than the margin is not used again', async () => {
    const client = open()
    const [asked] = [ask(client, 'a'), await arrived(1)]
    sockets[0]?.write('HTTP/1.1 200 OK\r\nKeep-Alive: timeout=2\r\nContent-Length: 1\r\n\r\n1')
    await asked
    void ask(client, 'b')
    expect(await arrived(2)).toEqual([['a'], ['b']])
  })

  it('is not made for more than there may be: the rest waits for one that is free', async () => {
    const client = open()
    const asked = Array.from({ length: 70 }, (_, at) => ask(client, `change ${at}`, { mayShare: false }))
    await arrived(64)
    for (const place of sockets.keys()) answer(place, '1')
    const names = await arrived(70)
    expect(names).toHaveLength(64)
    for (const [place, { length }] of names.entries()) if (length === 2) answer(place, '2')
    await Promise.all(asked)
  })
})

it('an answer that is too large is not read on', async () => {
  const client = open({ largest: 10 })
  const asked = ask(client, 'a')
  await arrived(1)
  answer(0, '12345678901')
  await expect(asked).rejects.toMatchObject({ kind: 'rubbish' })
})

it('what is still asked ends with the client', async () => {
  const client = open()
  const asked = [ask(client, 'a'), ask(client, 'b')]
  await arrived(2)
  const waiting = ask(client, 'c')
  client.close()
  for (const one of [...asked, waiting]) await expect(one).rejects.toThrow('closed')
})
