import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { newUuid } from '../ids.ts'
import { contract } from './contract.ts'
import { readsState } from './handler.ts'
import { UnparseableMessage, type Message } from './message.ts'

const shelf = contract({ type: 'test.ShelfState', stream: 'state', data: z.object({ mugs: z.int() }) })

function message(data: unknown, aggregateversion: number): Message {
  return {
    ...{ specversion: '1.0', id: newUuid(), source: '/souk/test', type: shelf.type, subject: 'shelf' },
    ...{ time: '2026-01-01T00:00:00.000Z', datacontenttype: 'application/json', aggregateversion, data },
  }
}

describe('a reader of one contract’s state', () => {
  it('gets the data of each message with its version', async () => {
    const seen: unknown[] = []
    const reader = readsState(shelf, 'test.shelf', async (states) => void seen.push(...states))
    await reader.apply([message({ mugs: 3 }, 7), message({ mugs: 2 }, 8)])
    expect(seen).toEqual([
      { mugs: 3, version: 7 },
      { mugs: 2, version: 8 },
    ])
    expect(reader).toMatchObject({ name: 'test.shelf', types: ['test.ShelfState'] })
  })

  it('applies nothing of a batch with a message that breaks the contract', async () => {
    const seen: unknown[] = []
    const reader = readsState(shelf, 'test.shelf', async (states) => void seen.push(...states))
    await expect(reader.apply([message({ mugs: 3 }, 7), message({ mugs: 'many' }, 8)])).rejects.toThrow(
      UnparseableMessage,
    )
    expect(seen).toEqual([])
  })

  it('lingers as long as the contract does', () => {
    const apply = () => Promise.resolve()
    expect(readsState({ ...shelf, linger: 50 }, 'test.shelf', apply).linger).toBe(50)
    expect(readsState(shelf, 'test.shelf', apply)).not.toHaveProperty('linger')
  })
})
