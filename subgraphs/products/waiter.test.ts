import { expect, test } from 'vitest'

import { createWaiter } from './waiter.ts'

test('what holds already is not waited for', async () => {
  expect(await createWaiter().until(async () => true, 0)).toBe(true)
})

test('who waits looks again when something has changed, and only then', async () => {
  const waiter = createWaiter()
  const state = { ready: false, looks: 0 }
  const waiting = waiter.until(async () => {
    state.looks += 1
    return state.ready
  }, 10_000)
  waiter.wake()
  await new Promise(setImmediate)
  expect(state.looks).toBe(2)
  state.ready = true
  waiter.wake()
  expect(await waiting).toBe(true)
  expect(state.looks).toBe(3)
})

test('news that come while somebody looks are not missed', async () => {
  const waiter = createWaiter()
  const state = { ready: false }
  const waiting = waiter.until(async () => {
    const seen = state.ready
    // Becomes true between the look and its answer.
    state.ready = true
    waiter.wake()
    return seen
  }, 10_000)
  expect(await waiting).toBe(true)
})

test('nobody waits for ever', async () => {
  expect(await createWaiter().until(async () => false, 20)).toBe(false)
})

test('what becomes true as the time runs out still counts', async () => {
  const start = performance.now()
  expect(await createWaiter().until(async () => performance.now() - start >= 20, 30)).toBe(true)
})
