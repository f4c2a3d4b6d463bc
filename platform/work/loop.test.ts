import { afterEach, describe, expect, it, vi } from 'vitest'

import { createLogger } from '../telemetry/logging.ts'
import { NotOurTurn, repeatOnWake, type WakingLoop } from './loop.ts'

const neverSweeps = 1_000_000

let loop: WakingLoop
afterEach(() => loop.stop())

/** A loop whose turns end when the test says so. */
function loopOfHeldTurns(sweepEvery = neverSweeps) {
  const turns: { end(error?: Error): void }[] = []
  let begun: (() => void) | undefined
  loop = repeatOnWake({
    name: 'test',
    log: createLogger('silent'),
    sweepEvery,
    turn: () =>
      new Promise((resolve, reject) => {
        turns.push({ end: (error) => (error === undefined ? resolve() : reject(error)) })
        begun?.()
      }),
  })
  /** Resolves when so many turns have begun. */
  async function begin(count: number): Promise<void> {
    while (turns.length < count) await new Promise<void>((resolve) => (begun = resolve))
  }
  return { loop, turns, begin }
}

/** Lets everything go on that waits for nothing. */
const breathe = () => new Promise((resolve) => setImmediate(resolve))

describe('a loop', () => {
  it.each([
    [new Error('broken'), 'warn'],
    [new NotOurTurn('another is at it'), 'info'],
  ] as const)('says of %o what it is worth', async (error, level) => {
    const lines: string[] = []
    const log = createLogger('info', { write: (line) => void lines.push(line) })
    loop = repeatOnWake({ name: 'test', log, sweepEvery: neverSweeps, turn: () => Promise.reject(error) })
    loop.wake()
    await expect.poll(() => lines).toHaveLength(1)
    expect(lines[0]).toContain(`"level":"${level}"`)
    expect(lines[0]?.includes('stack')).toBe(level === 'warn')
  })

  it('takes a turn when it is woken, and one more however often it is woken meanwhile', async () => {
    const { turns, begin } = loopOfHeldTurns()
    loop.wake()
    for (let wakes = 0; wakes < 5; wakes += 1) loop.wake()
    expect(turns).toHaveLength(1)
    turns[0]?.end()
    await begin(2)
    turns[1]?.end()
    await breathe()
    expect(turns).toHaveLength(2)
  })

  it('is settled when a turn has ended that began after the question', async () => {
    const { turns, begin } = loopOfHeldTurns()
    loop.wake()
    let settled = false
    const settling = loop.settled().then(() => (settled = true))
    turns[0]?.end()
    await begin(2)
    expect(settled).toBe(false)
    turns[1]?.end()
    await settling
    expect(settled).toBe(true)
  })

  it('reports to who waits for a turn that it failed, and goes on', async () => {
    const { turns, begin } = loopOfHeldTurns()
    const settling = loop.settled()
    turns[0]?.end(new Error('not now'))
    await expect(settling).rejects.toThrow('not now')
    loop.wake()
    await begin(2)
    turns[1]?.end()
  })

  it('takes its next turn although the one before failed', async () => {
    const { turns, begin } = loopOfHeldTurns()
    loop.wake()
    loop.wake()
    turns[0]?.end(new Error('not now'))
    await begin(2)
    turns[1]?.end()
  })

  it('takes a turn by itself after a while, again and again', async () => {
    const { turns, begin } = loopOfHeldTurns(5)
    await begin(1)
    turns[0]?.end(new Error('not now'))
    await begin(2)
    turns[1]?.end()
    await begin(3)
    turns[2]?.end()
  })

  it('never sweeps in step with another for long, and never later than it says', async () => {
    vi.useFakeTimers()
    const times: number[][] = [[], []]
    const loops = times.map((mine) =>
      repeatOnWake({
        name: 'test',
        log: createLogger('silent'),
        sweepEvery: 1_000,
        turn: () => Promise.resolve(void mine.push(Date.now())),
      }),
    )
    const begun = Date.now()
    await vi.advanceTimersByTimeAsync(20_000)
    await Promise.all(loops.map((one) => one.stop()))
    vi.useRealTimers()
    const [one = [], other = []] = times
    const between = one.map((time, at) => time - (one[at - 1] ?? begun))
    expect(Math.max(...between)).toBeLessThanOrEqual(1_000)
    expect(Math.min(...between)).toBeGreaterThanOrEqual(800)
    expect(new Set(one.slice(0, 15).map((time, at) => time - (other[at] ?? 0))).size).toBeGreaterThan(5)
  })

  it('is stopped when the turn that runs has ended, and takes no other', async () => {
    const { turns } = loopOfHeldTurns()
    loop.wake()
    loop.wake()
    let stopped = false
    const stopping = loop.stop().then(() => (stopped = true))
    await breathe()
    expect(stopped).toBe(false)
    turns[0]?.end(new Error('not now'))
    await stopping
    loop.wake()
    await loop.settled()
    await breathe()
    expect(turns).toHaveLength(1)
  })
})
