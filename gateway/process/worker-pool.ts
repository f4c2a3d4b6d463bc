import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { setTimeout as pass } from 'node:timers/promises'

import { ConfigError } from '../../platform/config.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import { doneWithin } from '../../platform/work/deadline.ts'

/** Milliseconds before a worker that has ended by itself is replaced: twice as long each time, until one gets ready. */
const firstPause = 250
const longestPause = 10_000

/** Milliseconds in which a worker is to be ready: it prepares what is registered. */
const startPatience = 60_000
/** Milliseconds from SIGTERM to the end of a worker: more than it gives itself. */
const stopPatience = 28_000

/** What a worker sends when it answers, and what was to be prepared is. */
const ready = 'ready'

/** Tells the process that runs the workers that this one is ready; nothing where it is alone. */
export function reportReady(): void {
  process.send?.(ready)
}

export interface WorkerPool {
  /** Those that answer. */
  working(): readonly Worker[]
  /** Resolves to another one when it is ready. @throws ConfigError when it ends before; its own log says why */
  begin(): Promise<Worker>
  /** It says that it is leaving, takes no more connections then, answers what it has in hand, and is gone. */
  retire(worker: Worker): Promise<void>
  /** All are retired, those that are not ready yet too. */
  stop(): Promise<void>
}

/** Processes that share a port. One that ends by itself is replaced. */
export function workerPool(log: Logger): WorkerPool {
  const working = new Set<Worker>()
  const stopping = new AbortController()
  let pause = firstPause

  async function begin(): Promise<Worker> {
    stopping.signal.throwIfAborted()
    const worker = cluster.fork()
    const isReady = await doneWithin(startPatience, () => Promise.race([untilReady(worker), untilEnded(worker)]))
    if (!isReady) {
      worker.process.kill('SIGKILL')
      throw new Error(`a worker was not ready within ${startPatience} ms`)
    }
    pause = firstPause
    working.add(worker)
    worker.once('exit', (code: number, signal: string | null) => {
      if (!working.delete(worker) || stopping.signal.aborted) return
      log.error({ ended: worker.process.pid, code, signal }, 'a worker ended by itself; another takes its place')
      void replace()
    })
    return worker
  }

  async function replace(): Promise<void> {
    // The timer keeps this process alive where no worker is left.
    await pass(pause)
    pause = Math.min(pause * 2, longestPause)
    await begin().catch((thrown: unknown) => {
      if (stopping.signal.aborted) return undefined
      log.error({ err: thrown }, `no worker takes its place yet; trying again in ${pause} ms`)
      return replace()
    })
  }

  return {
    working: () => [...working],
    begin,
    async retire(worker) {
      working.delete(worker)
      await end(worker)
    },
    async stop() {
      stopping.abort()
      await Promise.all(
        Object.values(cluster.workers ?? {}).flatMap((worker) => (worker === undefined ? [] : [end(worker)])),
      )
    },
  }
}

async function end(worker: Worker): Promise<void> {
  const ended = once(worker, 'exit')
  if (worker.isDead()) return
  worker.process.kill('SIGTERM')
  if (await doneWithin(stopPatience, () => ended)) return
  worker.process.kill('SIGKILL')
  await ended
}

function untilReady(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.on('message', (message) => {
      if (message === ready) resolve()
    })
  })
}

async function untilEnded(worker: Worker): Promise<never> {
  await once(worker, 'exit')
  throw new ConfigError('a worker ended before it was ready')
}
