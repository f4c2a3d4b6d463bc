import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { answers, faults } from '../../../tests/support/misbehaving-server.ts'
import { good, mutation, query, subgraphOverHttp, type SubgraphOverHttp } from '../../testing/subgraph-over-http.ts'

let over: SubgraphOverHttp
beforeEach(async () => {
  over = await subgraphOverHttp()
})
afterEach(async () => {
  vi.useRealTimers()
  await over.close()
})

describe('the breaker', () => {
  async function fail(times: number): Promise<void> {
    for (let count = 0; count < times; count += 1) await over.ask(mutation).catch(() => undefined)
  }
  /** Breakers go by the clock of the day. */
  function later(milliseconds: number): void {
    vi.setSystemTime(Date.now() + milliseconds)
  }
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }))

  it('opens after five failures one after the other, and fails at once from then on', async () => {
    over.server.behave(faults.resets)
    await fail(4)
    expect(over.subgraph.breaker()).toBe('closed')
    await fail(1)
    expect(over.subgraph.breaker()).toBe('open')
    await expect(over.ask()).rejects.toMatchObject({ kind: 'left alone', sent: false })
    expect(over.server.arrived).toHaveLength(5)
    expect(over.breakerStates()).toEqual(['open'])
  })

  it('counts failures since the last success alone', async () => {
    for (let round = 0; round < 2; round += 1) {
      over.server.behave(faults.resets)
      await fail(4)
      over.server.behave(good)
      await over.ask()
    }
    expect(over.breakerStates()).toEqual([])
    over.server.behave(faults.resets)
    await fail(5)
    expect(over.breakerStates()).toEqual(['open'])
  })

  it('closes when a trial succeeds', async () => {
    over.server.behave(faults.resets)
    await fail(5)
    over.server.behave(good)
    later(10_000)
    await expect(over.ask()).resolves.toEqual({ data: { a: 1 } })
    expect(over.subgraph.breaker()).toBe('closed')
    expect(over.breakerStates()).toEqual(['open', 'half-open', 'closed'])
  })

  it('lets one request try, and no other wait for it', async () => {
    over.server.behave(faults.resets)
    await fail(5)
    over.server.behave(faults.hangs)
    over.server.forget()
    later(10_000)
    const next = over.server.next()
    const trial = over.ask()
    const { response } = await next
    expect(over.subgraph.breaker()).toBe('half-open')
    await expect(over.ask()).rejects.toMatchObject({ kind: 'left alone' })
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"a":2}}')
    await expect(trial).resolves.toEqual({ data: { a: 2 } })
    expect(over.server.arrived).toHaveLength(1)
  })

  it('opens again when the trial fails, and tries again later', async () => {
    over.server.behave(faults.resets)
    await fail(5)
    later(10_000)
    await expect(over.ask()).rejects.toMatchObject({ kind: 'lost' })
    await vi.waitFor(() => expect(over.subgraph.breaker()).toBe('open'), { interval: 5 })
    over.server.behave(good)
    later(10_000)
    await expect(over.ask()).resolves.toEqual({ data: { a: 1 } })
    expect(over.breakerStates()).toEqual(['open', 'half-open', 'open', 'half-open', 'closed'])
  })

  it('is not stuck, and not closed, by a client that leaves during the trial', async () => {
    over.server.behave(faults.resets)
    await fail(5)
    over.server.behave(faults.hangs)
    later(10_000)
    const client = new AbortController()
    const next = over.server.next()
    const trial = over.ask(query, client.signal)
    const { response } = await next
    client.abort(new Error('gone'))
    await expect(trial).rejects.toThrow('gone')
    expect(over.subgraph.breaker()).toBe('half-open')
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"a":2}}')
    await vi.waitFor(() => expect(over.subgraph.breaker()).toBe('closed'), { interval: 5 })
  })

  it('names in the log the request that made it open, and the one that tried', async () => {
    const of = (digit: string) => ({ ...mutation, traceparent: `00-${digit.repeat(32)}-${digit.repeat(16)}-01` })
    over.server.behave(faults.resets)
    for (const digit of ['1', '2', '3', '4', '5']) await over.ask(of(digit)).catch(() => undefined)
    await over.ask(of('6')).catch(() => undefined)
    over.server.behave(good)
    later(10_000)
    await over.ask(of('7'))
    expect(over.breakerStates()).toEqual(['open', 'half-open', 'closed'])
    expect(over.breakerTraces()).toEqual(['5', '7', '7'].map((digit) => digit.repeat(32)))
  })

  it('counts no error of an answer, and no rubbish', async () => {
    over.server.behave(
      answers({ data: null, errors: [{ message: 'no', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }),
    )
    for (let count = 0; count < 10; count += 1) await over.ask()
    over.server.behave(faults['answers with a page of HTML'])
    await fail(10)
    expect(over.subgraph.breaker()).toBe('closed')
    expect(over.breakerStates()).toEqual([])
  })
})
