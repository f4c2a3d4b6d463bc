import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { databaseOf } from '../../../../embedded/composition/compose.ts'
import { systemClock } from '../../../../platform/clock.ts'
import { newUuid } from '../../../../platform/ids.ts'
import { createLogger } from '../../../../platform/telemetry/logging.ts'
import { openTestStores, type TestStores } from '../../../../tests/support/stores.ts'
import type { ConversationStore, ConversationTurn, Owner } from '../conversations.ts'
import type { RecommendationStores } from '../store.ts'
import { postgresRecommendationStores } from './stores.ts'

let opened: TestStores<RecommendationStores>
let store: ConversationStore
beforeAll(async () => {
  opened = await openTestStores('recommendations', postgresRecommendationStores)
  store = opened.stores.conversations
})
afterAll(() => opened.close())

const now = new Date('2026-05-01T12:00:00.000Z')
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000)
const guest = (): Owner => ({ kind: 'guest', id: newUuid() })

async function begun(owner = guest()): Promise<ConversationTurn> {
  const turn = { id: newUuid(), owner, now, busyUntil: at(30) }
  await store.begin(turn)
  return turn
}

/** The same store as another process has it. */
async function anotherReplica() {
  const connection = opened.database.pool.options
  const database = databaseOf({ name: 'recommendations', connection, clock: systemClock, log: createLogger('silent') })
  return {
    store: postgresRecommendationStores(database).conversations,
    /** The server ends all its connections; resolves when they are gone. */
    async cutOff() {
      const { rows } = await database.query<{ name: string }>(`select current_setting('application_name') as name`, [])
      await opened.database.query(
        'select pg_terminate_backend(pid, 10000) from pg_stat_activity where application_name = $1',
        [rows[0]?.name],
      )
    },
    close: () => database.close(),
  }
}

/** What there is of a conversation. */
async function rowsOf(id: string): Promise<unknown> {
  const { rows } = await opened.database.query(
    `select (select count(*)::int from conversation where id::text = $1) as conversations,
       (select count(*)::int from checkpoints where thread_id like $1 || '/%') as checkpoints,
       (select count(distinct thread_id)::int from checkpoint_blobs where thread_id like $1 || '/%') as blobs`,
    [id],
  )
  return rows[0]
}

describe('a conversation', () => {
  it('is taken by one of twenty who want it at once', async () => {
    const turn = await begun()
    await store.release(turn, at(3_600))
    const taken = await Promise.all(Array.from({ length: 20 }, () => store.take(turn)))
    expect(taken.filter((how) => how === 'TAKEN')).toHaveLength(1)
    expect(taken.filter((how) => how === 'BUSY')).toHaveLength(19)
  })

  it('is given back by the time when whoever took it hangs', async () => {
    const turn = await begun()
    await store.release(turn, at(3_600))
    await store.take(turn)
    expect(await store.take({ ...turn, now: at(29), busyUntil: at(59) })).toBe('BUSY')
    expect(await store.take({ ...turn, now: at(30), busyUntil: at(60) })).toBe('TAKEN')
  })

  it('is given back at once when whoever took it is connected no more', async () => {
    const other = await anotherReplica()
    const turn = await begun()
    await store.release(turn, at(3_600))
    expect(await other.store.take(turn)).toBe('TAKEN')
    expect(await store.take({ ...turn, now: at(1), busyUntil: at(31) })).toBe('BUSY')
    await other.cutOff()
    const taken = await Promise.all(
      Array.from({ length: 20 }, () => store.take({ ...turn, now: at(2), busyUntil: at(32) })),
    )
    expect(taken.filter((how) => how === 'TAKEN')).toHaveLength(1)
    // It has lived, and connects again: it has no part in the turn that another has by now.
    expect(await other.store.keepMessages(turn, [new HumanMessage('late')])).toBe(false)
    await other.store.release({ ...turn, busyUntil: at(32) }, at(3_600))
    expect(await other.store.take({ ...turn, now: at(3), busyUntil: at(33) })).toBe('BUSY')
    expect(await store.keepMessages({ ...turn, busyUntil: at(32) }, [new HumanMessage('next')])).toBe(true)
    await other.close()
  })

  it('that was begun by another is given back as well', async () => {
    const other = await anotherReplica()
    const turn = { id: newUuid(), owner: guest(), now, busyUntil: at(30) }
    await other.store.begin(turn)
    expect(await store.take({ ...turn, now: at(1), busyUntil: at(31) })).toBe('BUSY')
    await other.cutOff()
    await other.close()
    expect(await store.take({ ...turn, now: at(1), busyUntil: at(31) })).toBe('TAKEN')
  })

  it('is none for anybody else, nor when its time is over', async () => {
    const turn = await begun()
    await store.release(turn, at(3_600))
    expect(await store.take({ ...turn, owner: guest() })).toBe('NONE')
    expect(await store.take({ ...turn, owner: { ...turn.owner, kind: 'user' } })).toBe('NONE')
    expect(await store.take({ ...turn, id: newUuid() })).toBe('NONE')
    expect(await store.take({ ...turn, now: at(3_600), busyUntil: at(3_630) })).toBe('NONE')
  })

  it('remembers what was said, and no more of it than it is to', async () => {
    const turn = await begun()
    const { id } = turn
    expect(await store.messages(id)).toEqual([])
    const facts = { kind: 'CART', lines: [] }
    const said = [
      new HumanMessage('what is in my cart?'),
      new ToolMessage({ content: 'It is empty.', tool_call_id: 'call_1', artifact: facts }),
      new AIMessage('Nothing.'),
    ]
    expect(await store.keepMessages(turn, said)).toBe(true)
    await store.keepMessages(turn, [...said, new HumanMessage('thanks')])
    await store.keepMessages(turn, [...said.slice(1), new HumanMessage('bye')])
    const read = await store.messages(id)
    expect(read.map(({ text }) => text)).toEqual(['It is empty.', 'Nothing.', 'bye'])
    expect(read[0]).toMatchObject({ artifact: facts })
    const { rows } = await opened.database.query<{ count: number }>(
      `select count(*)::int as count from checkpoints where thread_id like $1 || '/%'`,
      [id],
    )
    expect(rows).toEqual([{ count: 1 }])
  })

  it('keeps nothing of a turn that another has taken since, which is not given back by it either', async () => {
    const late = await begun()
    const { id, owner } = late
    await store.keepMessages(late, [new HumanMessage('first')])
    await store.release(late, at(3_600))
    await store.take(late)
    const next = { id, owner, now: at(30), busyUntil: at(60) }
    expect(await store.take(next)).toBe('TAKEN')
    expect(await store.keepMessages(late, [new HumanMessage('late')])).toBe(false)
    await store.release(late, at(3_600))
    expect(await store.take({ ...next, now: at(31), busyUntil: at(61) })).toBe('BUSY')
    expect(await store.keepMessages(next, [new HumanMessage('first'), new HumanMessage('next')])).toBe(true)
    expect(await store.keepMessages(late, [new HumanMessage('later')])).toBe(false)
    expect((await store.messages(id)).map(({ text }) => text)).toEqual(['first', 'next'])
    expect(await rowsOf(id)).toEqual({ conversations: 1, checkpoints: 1, blobs: 1 })
  })

  it('is of one turn whole, whichever of two that write at once is the one that has it', async () => {
    const turn = await begun()
    const others = Array.from({ length: 5 }, (_none, at) => ({ ...turn, busyUntil: new Date(now.getTime() + at) }))
    const kept = await Promise.all(
      [turn, ...others].map((one, at) => store.keepMessages(one, [new HumanMessage(`${at}`), new AIMessage(`${at}`)])),
    )
    expect(kept).toEqual([true, false, false, false, false, false])
    expect((await store.messages(turn.id)).map(({ text }) => text)).toEqual(['0', '0'])
  })

  it('is removed with all that was said when it is kept no longer', async () => {
    const turn = await begun()
    const { id } = turn
    await store.keepMessages(turn, [new HumanMessage('hello')])
    await store.release(turn, at(-1))
    await store.removeExpired(now)
    expect(await store.messages(id)).toEqual([])
    expect(await rowsOf(id)).toEqual({ conversations: 0, checkpoints: 0, blobs: 0 })
  })
})

describe('turns', () => {
  it('are as many in any minute as may be, whoever counts them', async () => {
    const owner = guest()
    const count = (seconds: number) => store.countTurn({ owner, now: at(seconds), most: 20 })
    const first = await Promise.all(Array.from({ length: 30 }, () => count(0)))
    expect(first.filter(Boolean)).toHaveLength(20)
    expect(await count(59)).toBe(false)
    expect(await count(60)).toBe(true)
    expect(await store.countTurn({ owner: guest(), now, most: 20 })).toBe(true)
  })
})

it("the tables are those that LangGraph's own migrations make", async () => {
  const columnsOf = async (schema: string) => {
    const { rows } = await opened.database.query<{ column: string }>(
      `select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable as column
       from information_schema.columns where table_schema = $1 and table_name like 'checkpoint%' order by 1`,
      [schema],
    )
    return rows.map(({ column }) => column)
  }
  await new PostgresSaver(opened.database.pool, undefined, { schema: 'library' }).setup()
  const own = await columnsOf('public')
  expect(own.length).toBeGreaterThan(20)
  expect(own).toEqual(await columnsOf('library'))
  const versions = await opened.database.query('select v from library.checkpoint_migrations order by v')
  expect(versions.rows).toEqual((await opened.database.query('select v from checkpoint_migrations order by v')).rows)
})
