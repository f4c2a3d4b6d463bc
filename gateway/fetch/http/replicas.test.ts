import { afterEach, describe, expect, it, vi } from 'vitest'

import { faults, misbehavingServer } from '../../../tests/support/misbehaving-server.ts'
import { good, mutation, subgraphOverHttp, type SubgraphOverHttp } from '../../testing/subgraph-over-http.ts'
import { failuresToOpen } from './breaker.ts'

let over: SubgraphOverHttp
afterEach(async () => {
  vi.useRealTimers()
  await over.close()
})

const arrivedAt = () => over.servers.map(({ arrived }) => arrived.length)
const soon = () => AbortSignal.timeout(1_000)

describe('several replicas', () => {
  it('are asked in turn', async () => {
    over = await subgraphOverHttp({ replicas: 2 })
    for (let count = 0; count < 10; count += 1) await over.ask()
    expect(arrivedAt()).toEqual([5, 5])
  })

  it('stand in for one that is dead, which is left alone soon', async () => {
    // However slow this machine is: no trial is due.
    vi.useFakeTimers({ toFake: ['Date'] })
    over = await subgraphOverHttp({ replicas: 2 })
    await over.servers[1]?.close()
    for (let count = 0; count < 40; count += 1) await expect(over.ask()).resolves.toEqual({ data: { a: 1 } })
    expect(arrivedAt()).toEqual([40, 0])
    expect([over.breakerStates(), over.subgraph.breaker()]).toEqual([['open'], 'closed'])
    await expect(over.subgraph.ready(soon())).resolves.toBe(true)
  })

  it('stand in for one that hangs, which costs few deadlines', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    over = await subgraphOverHttp({ replicas: 2, deadline: 1_000 })
    over.servers[1]?.behave(faults.hangs)
    let missed = 0
    for (let count = 0; count < 20; count += 1) await over.ask().catch(() => (missed += 1))
    expect(missed).toBe(failuresToOpen)
    expect(over.breakerStates()).toEqual(['open'])
  })

  it('are missing when all are', async () => {
    over = await subgraphOverHttp({ replicas: 2 })
    await Promise.all(over.servers.map((server) => server.close()))
    await expect(over.ask()).rejects.toMatchObject({ kind: 'unreached', sent: false })
    await expect(over.subgraph.ready(soon())).rejects.toThrow()
    for (let count = 0; count < 10; count += 1) await over.ask(mutation).catch(() => undefined)
    expect(over.subgraph.breaker()).toBe('open')
  })
})

it('a subgraph that comes up later is reached without a new start', async () => {
  over = await subgraphOverHttp()
  await over.server.close()
  await expect(over.ask()).rejects.toMatchObject({ kind: 'unreached' })
  const again = await misbehavingServer(good, Number(new URL(over.server.url).port))
  await expect(over.ask()).resolves.toEqual({ data: { a: 1 } })
  await over.subgraph.close()
  await again.close()
})
