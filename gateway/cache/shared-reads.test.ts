import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { EngineRequest } from '../engine/engine.ts'
import type { Viewer } from '../../platform/identity/viewer.ts'
import { engineUnderTest, type Client, type EngineUnderTest } from '../testing/engine-under-test.ts'

let engine: EngineUnderTest
/** Whether subgraphs fail. */
let isBroken: boolean

beforeAll(() => {
  // Each answer is another one, so that one which is given again shows.
  engine = engineUnderTest((count) => {
    if (isBroken) throw new Error('broken')
    const products = { totalCount: count, edges: [], pageInfo: { hasNextPage: false, endCursor: null } }
    const startGuestSession = { __typename: 'Session', accessToken: `token ${count}` }
    return { data: { me: { id: `u${count}` }, popularProducts: [{ score: count }], products, startGuestSession } }
  })
})

beforeEach(() => {
  isBroken = false
  engine.forget()
})

afterAll(() => engine.stop())

const ask: EngineUnderTest['ask'] = (text, client) => engine.ask(text, client)

/** How often both were carried out that are asked for at the same time, and how many answers there were. */
async function carriedOut(first: readonly [string, Client?], second = first) {
  const { answers, times } = await engine.together(
    () => ask(...first),
    () => ask(...second),
  )
  return { times, answers: new Set(answers).size }
}

const shelf = '{ popularProducts { score } }'
const search =
  'query ($filter: ProductFilter, $first: Int = 5) { products(filter: $filter, first: $first) { totalCount } }'
const guestSession = 'mutation { startGuestSession { accessToken } }'
const guest: Viewer = { kind: 'guest', id: 'g1' }
const staff: Viewer = { kind: 'user', id: 's1', roles: ['STAFF'] }
const by = (variables: EngineRequest['variables']): Client => ({ request: { variables } })

describe('a read that nobody may keep', () => {
  it.each([
    ['what is recommended', shelf, {}],
    ['a search by a text', search, { filter: { text: 'a' } }],
    ['what is of a viewer, to whom there is none', '{ me { id } }', {}],
  ])('is carried out once for all visitors who ask at the same time: %s', async (...[, text, variables]) => {
    const { begun, open } = engine.hold()
    const first = ask(text, by(variables))
    await begun
    const others = Array.from({ length: 19 }, () => ask(text, by(variables)))
    open()
    const answers = await Promise.all([first, ...others])
    expect([new Set(answers).size, engine.fetched.length]).toEqual([1, 1])
    expect(await ask(text, by(variables))).not.toBe(answers[0])
  })

  it('is the same however it is written, and whatever it is called', async () => {
    const otherwise = search.replace('query', 'query Search').replaceAll(' ', '  ')
    const one = by({ filter: { text: 'a' } })
    expect(await carriedOut([search, one], [otherwise, by({ unknown: 1, filter: { text: 'a' } })])).toMatchObject({
      times: 1,
    })
  })

  it.each([
    ['another value', search, { filter: { text: 'b' } }],
    ['null for a default', search, { filter: { text: 'a' }, first: null }],
    // A subgraph that is deployed before its supergraph may have another default.
    ['the value that is the default', search, { filter: { text: 'a' }, first: 5 }],
    ['another name in the answer', search.replace('{ products', '{ p: products'), { filter: { text: 'a' } }],
  ])('is another one with %s', async (...[, text, variables]) => {
    const one = by({ filter: { text: 'a' } })
    expect(await carriedOut([search, one], [text, by(variables)])).toMatchObject({ times: 2 })
  })

  it('is another one with the value of another variable', async () => {
    const text = 'query ($a: String, $b: String) { products(filter: { text: $a, category: $b }) { totalCount } }'
    expect(await carriedOut([text, by({ a: 'x' })], [text, by({ b: 'x' })])).toEqual({ times: 2, answers: 2 })
  })

  it.each([
    ['another token', { authorization: 'Bearer a' }, { authorization: 'Bearer b' }, 2],
    ['none', { authorization: 'Bearer a' }, undefined, 2],
    ['another header of the same value', { 'x-one': 'a' }, { 'x-two': 'a' }, 2],
    ['the same token', { authorization: 'Bearer a' }, { authorization: 'Bearer a' }, 1],
  ])('depends on the headers that subgraphs are sent: with who sends %s', async (...[, one, other, times]) => {
    expect(await carriedOut([shelf, { forwarded: one }], [shelf, { forwarded: other }])).toEqual({
      times,
      answers: times,
    })
  })

  it.each<[string, string, Client]>([
    ['a guest', shelf, { viewer: guest }],
    ['a member of staff', shelf, { viewer: staff }],
    ['a subgraph on an errand', shelf, { request: { onErrand: true } }],
    ['a visitor who changes something', guestSession, {}],
  ])('is not what is asked for by %s', async (...[, text, client]) => {
    expect(await carriedOut([text, client])).toEqual({ times: 2, answers: 2 })
  })

  it('is given with its errors, of which a line in the log has the trace', async () => {
    isBroken = true
    const [one = '', other = ''] = ['1', '2'].map((digit) => digit.repeat(32))
    const traced = (id: string) => ({ traceparent: `00-${id}-${'3'.repeat(16)}-01` })
    const { answers, times } = await engine.together(
      () => ask('{ me { id } }', traced(one)),
      () => ask('{ me { id } }', traced(other)),
    )
    expect([new Set(answers).size, times]).toEqual([1, 1])
    expect(answers[1]).toContain(`"traceId":"${one}"`)
    expect(engine.lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { msg: 'a fetch failed', traceId: one },
    ])
  })
})

describe('a read that may be kept', () => {
  it('is carried out once for all who ask at the same time, too, while nothing tells of changes', async () => {
    engine.changes.lose()
    expect(await carriedOut([search])).toEqual({ times: 1, answers: 1 })
    await ask(search)
    expect(engine.fetched).toHaveLength(2)
  })

  it('is not kept of who has sent headers that subgraphs are sent', async () => {
    const forwarded = { 'accept-language': 'de' }
    expect(await carriedOut([search, { forwarded }])).toEqual({ times: 1, answers: 1 })
    await ask(search, { forwarded })
    expect(engine.fetched).toHaveLength(2)
  })
})

describe('whoever asks after a change is not answered by what was begun before:', () => {
  it.each<[string, () => unknown]>([
    ['one by a visitor', () => ask(guestSession)],
    ['one by a guest', () => ask(guestSession, { viewer: guest })],
    ['one by staff', () => ask(guestSession, { viewer: staff })],
    ['one by who has sent a header', () => ask(guestSession, { forwarded: { authorization: 'Bearer a' } })],
    ['one that is announced, of whatever', () => engine.changes.announce({ message: 'a.B', key: 'c' })],
    ['one that may have been missed', () => engine.changes.lose()],
  ])('%s', async (_which, change) => {
    const { begun, pass, open } = engine.hold()
    const before = ask(shelf)
    await begun
    pass()
    await change()
    const after = await ask(shelf)
    open()
    expect(after).not.toBe(await before)
  })
})

describe('what a client pays', () => {
  it('is what a read costs where it is begun, and nothing where it is under way', async () => {
    const paid: string[] = []
    const paying = (who: string): Client => ({ request: { payFor: () => Promise.resolve(void paid.push(who)) } })
    await carriedOut([shelf, paying('who begins')], [shelf, paying('who joins')])
    expect(paid).toEqual(['who begins'])
  })

  it('is paid before anything is begun, and refused to nobody else', async () => {
    const broke: Client = { request: { payFor: () => Promise.reject(new Error('nothing is left')) } }
    const [refused, answered] = await Promise.all([ask(shelf, broke), ask(shelf)])
    expect(JSON.parse(refused)).not.toHaveProperty('data')
    expect(JSON.parse(answered)).toEqual({ data: { popularProducts: [{ score: 1 }] } })
    expect(engine.fetched).toHaveLength(1)
  })
})

describe('who goes', () => {
  it('first leaves it to those who wait', async () => {
    const gone = new AbortController()
    const { begun, open } = engine.hold()
    const first = ask(shelf, { gone: gone.signal })
    await begun
    const second = ask(shelf)
    gone.abort()
    open()
    expect(JSON.parse(await second)).toEqual({ data: { popularProducts: [{ score: 1 }] } })
    await first
    expect(engine.fetched.map((signal) => signal?.aborted)).toEqual([false])
  })

  it('last has it called off without a line in the log, and whoever asks then begins anew', async () => {
    const [one, other] = [new AbortController(), new AbortController()]
    const { begun, pass } = engine.hold()
    const first = ask(shelf, { gone: one.signal })
    await begun
    const second = ask(shelf, { gone: other.signal })
    one.abort()
    expect(engine.fetched[0]?.aborted).toBe(false)
    other.abort()
    expect(engine.fetched[0]?.aborted).toBe(true)
    pass()
    expect(JSON.parse(await ask(shelf))).toEqual({ data: { popularProducts: [{ score: 2 }] } })
    await Promise.all([first, second])
    expect(engine.lines).toEqual([])
  })
})
