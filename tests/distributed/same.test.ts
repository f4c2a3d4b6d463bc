import { expect, it } from 'vitest'

import { startDistributedSouk } from '../support/distributed-souk.ts'
import { registeredOperations } from '../support/shopping.ts'
import { startEmbeddedSouk } from '../support/souk.ts'
import type { TestSouk } from '../support/test-souk.ts'
import { askEverything, type Answered } from './everything.ts'

// A dead letter, which is an error to the log, is wanted here.
const settings = { NODE_ENV: 'test', LOG_LEVEL: 'silent' }

it('whatever clients ask is answered by processes apart as by one', { timeout: 600_000 }, async () => {
  const byOne = await answersOf(() => startEmbeddedSouk(settings))
  const apart = await answersOf(() => startDistributedSouk(settings))
  expect(apart.length).toBe(byOne.length)
  for (const [place, answer] of apart.entries()) expect({ place, ...answer }).toEqual({ place, ...byOne[place] })
  expect(new Set(apart.map(({ operation }) => operation))).toEqual(new Set(registeredOperations().keys()))
})

async function answersOf(start: () => Promise<TestSouk>): Promise<readonly Answered[]> {
  const souk = await start()
  try {
    return withoutChance(await askEverything(souk))
  } finally {
    await souk.stop()
  }
}

const ids = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const times = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g
const made: ReadonlySet<string> = new Set(['accessToken', 'refreshToken', 'endCursor', 'cursor', 'number', 'traceId'])

/** Ids by the order in which they come up, so that one thing is still one; of times, tokens and cursors, that they are there. */
function withoutChance(answers: readonly Answered[]): readonly Answered[] {
  const met = new Map<string, string>()
  const named = (id: string) => met.get(id) ?? met.set(id, `id ${met.size + 1}`).get(id) ?? id
  const text = JSON.stringify(answers, (key, value: unknown) => {
    if (typeof value !== 'string') return value
    // A dead letter shows a message as its bus keeps it: JSON, in this order or that.
    if (key === 'payload') return JSON.parse(value) as unknown
    return made.has(key) ? `a ${key}` : value.replaceAll(times, 'a time').replaceAll(ids, named)
  })
  return JSON.parse(text) as readonly Answered[]
}
