import { expect, test } from 'vitest'

import type { ServerProcess } from '../servers/server-process.ts'
import { keepRunning } from './keep-running.ts'

/** A process that is there until it is ended. */
function processOf() {
  let end: (() => void) | undefined
  const ended = new Promise<void>((resolve) => (end = resolve))
  const finish = async () => end?.()
  const process: ServerProcess = {
    pid: 0,
    output: () => '',
    hang: async () => undefined,
    goOn: () => undefined,
    kill: finish,
    stop: finish,
    ended,
  }
  return process
}

test('a process that ended is started again, and the one that is there then is ended for good', async () => {
  const started: ServerProcess[] = []
  const start = async () => {
    started.push(processOf())
    return started.at(-1) ?? processOf()
  }
  const kept = await keepRunning({ name: 'it', start, say: () => undefined })
  await kept.current().kill()
  await expect.poll(() => started).toHaveLength(2)
  await kept.stop()
  await started[1]?.ended
  expect(started).toHaveLength(2)
})

test('one that is being started again while it is to end is ended too', async () => {
  const first = processOf()
  const second = processOf()
  let letStart: ((process: ServerProcess) => void) | undefined
  const starting = new Promise<ServerProcess>((resolve) => (letStart = resolve))
  let starts = 0
  const start = () => {
    starts += 1
    return starts === 1 ? Promise.resolve(first) : starting
  }
  const kept = await keepRunning({ name: 'it', start, say: () => undefined })
  await first.kill()
  await expect.poll(() => starts).toBe(2)
  const stopped = kept.stop()
  letStart?.(second)
  await stopped
  await second.ended
})
