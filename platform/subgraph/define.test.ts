import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createHarness, type Harness } from '../../tests/support/harness.ts'
import type { Subgraph } from './subgraph.ts'

let harness: Harness
let subgraph: Subgraph
beforeAll(async () => {
  harness = await createHarness()
  subgraph = await harness.add('operations')
})
afterAll(() => harness.stop())

/** Leaves the subgraph without a free connection meanwhile: every statement waits, as when the database hangs. */
async function withNoConnection(work: () => Promise<void>): Promise<void> {
  const { pool } = harness.databaseOf('operations')
  const taken = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()))
  try {
    await work()
  } finally {
    for (const client of taken) client.release()
  }
}

describe('whether a subgraph is ready', () => {
  it('is so while its storage and the bus answer', async () => {
    expect(await subgraph.ready()).toBe(true)
    expect(await subgraph.ready(AbortSignal.timeout(60_000))).toBe(true)
  })

  it('is not waited for beyond the signal when its storage hangs, and it is ready again when that answers', async () => {
    await withNoConnection(async () => {
      await expect(subgraph.ready(AbortSignal.timeout(20))).rejects.toThrow('timeout')
    })
    expect(await subgraph.ready()).toBe(true)
  })

  it('is asked of its storage once, however many ask while that hangs', async () => {
    await withNoConnection(async () => {
      const asking = Array.from({ length: 5 }, () => subgraph.ready(AbortSignal.timeout(20)))
      expect((await Promise.allSettled(asking)).map(({ status }) => status)).toEqual(Array(5).fill('rejected'))
      expect(harness.databaseOf('operations').pool.waitingCount).toBe(1)
    })
  })
})
