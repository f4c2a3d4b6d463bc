import { describe, expect, it } from 'vitest'

import { currentTraceparent, followTraces, inNoTrace, inTrace } from './trace.ts'
import { traceparentFrom } from './traceparent.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))
const [one, other] = [traceparentFrom(undefined), traceparentFrom(undefined)]

describe('a trace', () => {
  it('is that of all that its work awaits, also beside the work of others', async () => {
    const work = async () => {
      await turn()
      return currentTraceparent()
    }
    expect(await Promise.all([inTrace(one, work), work(), inTrace(other, work)])).toEqual([one, undefined, other])
    expect(inTrace(one, () => inNoTrace(currentTraceparent))).toBeUndefined()
    expect(inTrace(one, () => inTrace(other, currentTraceparent))).toBe(other)
  })

  it.each<[end: string, work: () => unknown]>([
    ['has come to its end', turn],
    ['was none that waits', () => 1],
    ['has failed', async () => Promise.reject(new Error('broken'))],
    ['has thrown', () => expect.fail()],
  ])('is followed no more once its work %s', async (_end, work) => {
    await Promise.allSettled([Promise.resolve().then(() => inTrace(one, work))])
    expect(await lateTrace(() => undefined)).toBeUndefined()
  })

  it('is followed while somebody asks for that, between one piece of work and the next', async () => {
    const leave = followTraces()
    expect(await lateTrace(() => turn())).toBe(one)
    const leaveToo = followTraces()
    leave()
    leave()
    expect(await lateTrace(() => turn())).toBe(one)
    leaveToo()
    expect(await lateTrace(() => turn())).toBeUndefined()
  })
})

/** What work that nobody waited for takes for its trace, after its work has ended. */
async function lateTrace(meanwhile: () => unknown): Promise<string | undefined> {
  let late: Promise<string | undefined> = Promise.resolve(undefined)
  inTrace(one, () => {
    late = turn().then(currentTraceparent)
  })
  await meanwhile()
  return late
}
