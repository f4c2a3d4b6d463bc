import { expect, it } from 'vitest'

import { singleFlight } from './single-flight.ts'

it('is done once for all who ask meanwhile, and anew for who asks after', async () => {
  let runs = 0
  const ask = singleFlight(async () => {
    runs += 1
    await new Promise(setImmediate)
    return 'done'
  })
  const asked = [ask(), ask()]
  expect(await Promise.all(asked)).toEqual(['done', 'done'])
  expect(runs).toBe(1)
  await ask()
  expect(runs).toBe(2)
})

it('fails for all who ask meanwhile, and is tried anew', async () => {
  let runs = 0
  const ask = singleFlight(async () => {
    runs += 1
    if (runs === 1) throw new Error('broken')
    return runs
  })
  expect((await Promise.allSettled([ask(), ask()])).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await ask()).toBe(2)
})
