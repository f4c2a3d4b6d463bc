import type { Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Cancellation } from '../../../platform/work/cancellation.ts'
import { createLogger } from '../../../platform/telemetry/logging.ts'
import { DeadlinePassed } from '../../../platform/work/deadline.ts'
import { answers, faults, first } from '../../../tests/support/misbehaving-server.ts'
import { good, mutation, query, subgraphOverHttp, type SubgraphOverHttp } from '../../testing/subgraph-over-http.ts'
import { httpSubgraph } from './http-subgraph.ts'

let over: SubgraphOverHttp
beforeEach(async () => {
  over = await subgraphOverHttp()
})
afterEach(() => over.close())

/** For what hangs. */
async function withShortDeadline(): Promise<void> {
  await over.close()
  over = await subgraphOverHttp({ deadline: 200 })
}

/** The connection is free again a turn after its answer. */
async function askAndLetGo(request = query): Promise<void> {
  await over.ask(request)
  await nextTurn()
}

function closed(socket: Socket): Promise<void> {
  socket.on('error', () => undefined)
  return new Promise((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve())))
}

describe('a fetch', () => {
  it('brings what the subgraph needs to know, and its answer back', async () => {
    over.server.behave(
      answers({ data: { a: 1 }, errors: [{ message: 'no b', path: ['b'], extensions: { code: 'NOT_FOUND' } }] }),
    )
    const traceparent = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`
    const answer = await over.subgraph.execute({
      query: 'query Q($x: Int) { a }',
      variables: { x: 1 },
      operationName: 'Q',
      passport: 'a passport',
      clientAddress: '192.0.2.7',
      traceparent,
      deadline: performance.now() + 1_500,
    })
    expect(answer.data).toEqual({ a: 1 })
    expect(answer.errors).toMatchObject([{ message: 'no b', path: ['b'], extensions: { code: 'NOT_FOUND' } }])
    const [{ request, body } = never()] = over.server.arrived
    expect(JSON.parse(body)).toEqual({ query: 'query Q($x: Int) { a }', variables: { x: 1 }, operationName: 'Q' })
    expect(request.headers).toMatchObject({
      'content-type': 'application/json',
      'souk-passport': 'a passport',
      'souk-client-address': '192.0.2.7',
      traceparent,
    })
    const left = Number(request.headers['souk-deadline'])
    expect([left > 1_000, left <= 1_500]).toEqual([true, true])
  })

  it('goes over a connection that is kept', async () => {
    for (let count = 0; count < 5; count += 1) await askAndLetGo()
    expect(over.server.connections()).toBe(1)
  })
})

/** How often a query and a mutation are sent, and why the fetch has failed. */
const cases: [keyof typeof faults, { query: number; kind: string }][] = [
  ['resets', { query: 2, kind: 'lost' }],
  ['closes the connection', { query: 2, kind: 'lost' }],
  ['is stopping', { query: 2, kind: 'away' }],
  ['speaks another protocol', { query: 2, kind: 'lost' }],
  ['resets in the middle of its answer', { query: 1, kind: 'broken off' }],
  ['answers with a page of HTML', { query: 1, kind: 'rubbish' }],
  ['answers with HTML and status 200', { query: 1, kind: 'rubbish' }],
  ['redirects', { query: 1, kind: 'rubbish' }],
  ['answers with half of a JSON', { query: 1, kind: 'rubbish' }],
  ['answers with nothing', { query: 1, kind: 'rubbish' }],
  ['answers with a list', { query: 1, kind: 'rubbish' }],
  ['answers with data that is none', { query: 1, kind: 'rubbish' }],
  ['answers with errors that are none', { query: 1, kind: 'rubbish' }],
  ['answers with no data and no errors', { query: 1, kind: 'rubbish' }],
]

describe.each(cases)('a subgraph that %s', (fault, { query: sent, kind }) => {
  it('fails the fetch, a query after all that may be tried, and is asked again', async () => {
    over.server.behave(faults[fault])
    await expect(over.ask()).rejects.toMatchObject({ name: 'LinkFailure', kind })
    expect(over.server.arrived).toHaveLength(sent)
    over.server.behave(good)
    await expect(over.ask()).resolves.toEqual({ data: { a: 1 } })
  })

  it('is sent a mutation once', async () => {
    over.server.behave(faults[fault])
    await expect(over.ask(mutation)).rejects.toMatchObject({ name: 'LinkFailure', kind })
    expect(over.server.arrived).toHaveLength(1)
  })
})

describe.each(['hangs', 'never ends its answer', 'answers a byte at a time'] as const)(
  'a subgraph that %s',
  (fault) => {
    it('costs one deadline, and its connection is closed', async () => {
      await withShortDeadline()
      over.server.behave(faults[fault])
      const next = over.server.next()
      const asked = over.ask()
      const { socket } = await next
      await expect(asked).rejects.toBeInstanceOf(DeadlinePassed)
      await closed(socket)
      expect(over.server.arrived).toHaveLength(1)
      over.server.behave(good)
      await expect(over.ask()).resolves.toEqual({ data: { a: 1 } })
    })
  },
)

it('an answer without an end is not read for ever', async () => {
  over.server.behave(faults['answers without an end to its size'])
  await expect(over.subgraph.execute({ ...query, cancellation: new Cancellation() })).rejects.toMatchObject({
    kind: 'rubbish',
  })
  over.server.behave(good)
  await expect(over.ask()).resolves.toEqual({ data: { a: 1 } })
})

describe('a client that goes away', () => {
  it.each(['hangs', 'never ends its answer'] as const)('ends the request to a subgraph that %s', async (fault) => {
    over.server.behave(faults[fault])
    const client = new AbortController()
    const next = over.server.next()
    const asked = over.ask(query, client.signal)
    const { socket } = await next
    client.abort(new Error('gone'))
    await expect(asked).rejects.toThrow('gone')
    await closed(socket)
    expect(over.server.arrived).toHaveLength(1)
    expect(over.subgraph.breaker()).toBe('closed')
  })

  it('is nothing that opens the breaker, and leaves no connection taken', async () => {
    over.server.behave(faults.hangs)
    for (let count = 0; count < 100; count += 1) {
      const client = new AbortController()
      const next = over.server.next()
      const asked = over.ask(query, client.signal)
      await next
      client.abort(new Error('gone'))
      await expect(asked).rejects.toThrow('gone')
    }
    over.server.behave(good)
    await expect(over.ask()).resolves.toEqual({ data: { a: 1 } })
    expect(over.breakerStates()).toEqual([])
  })
})

describe('a kept connection that the subgraph closes just as it is written to', () => {
  const closesTheSecond = () => first(1, good, first(1, faults['closes the connection'], good))

  it('is no failure of a query', async () => {
    over.server.behave(closesTheSecond())
    await askAndLetGo()
    await expect(over.ask()).resolves.toEqual({ data: { a: 1 } })
    expect(over.server.arrived.map(({ before }) => before)).toEqual([0, 1, 0])
  })

  it('fails a mutation, which may have been done', async () => {
    over.server.behave(closesTheSecond())
    await askAndLetGo(mutation)
    await expect(over.ask(mutation)).rejects.toMatchObject({ kind: 'lost', sent: true })
    expect(over.server.arrived).toHaveLength(2)
  })
})

describe('the budget of retries', () => {
  it('is a tenth of the requests, after what was saved up', async () => {
    // Every second one fails, so that the breaker stays closed.
    let count = 0
    over.server.behave((arrived) => (count++ % 2 === 0 ? faults.resets : good)(arrived))
    for (let asked = 0; asked < 10; asked += 1) await over.ask()
    expect(over.server.arrived).toHaveLength(20)
    over.server.forget()
    const outcomes = { done: 0, failed: 0 }
    for (let asked = 0; asked < 100; asked += 1) {
      await over.ask().then(
        () => (outcomes.done += 1),
        () => (outcomes.failed += 1),
      )
    }
    const retries = over.server.arrived.length - 100
    expect(retries).toBeGreaterThanOrEqual(9)
    expect(retries).toBeLessThanOrEqual(11)
    expect(outcomes.failed).toBeGreaterThan(30)
  })
})

it('a name that is not known is a subgraph that is not reached', async () => {
  const lost = httpSubgraph({
    name: 'cart',
    urls: ['http://souk.invalid:4004/graphql'],
    deadline: 10_000,
    log: createLogger('silent'),
  })
  await expect(lost.execute(mutation)).rejects.toMatchObject({ kind: 'unreached' })
  await lost.close()
})

function never(): never {
  throw new Error('nothing arrived')
}
