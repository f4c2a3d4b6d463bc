import { setTimeout as pass } from 'node:timers/promises'

import { asError } from '../../platform/errors.ts'
import type { ServerProcess } from '../servers/server-process.ts'

export interface Kept {
  readonly name: string
  /** The process that runs now, or that ran last. */
  current(): ServerProcess
  /** As the loss of a machine: a crash that it does not come back from. */
  kill(): Promise<void>
  /** Ends it in order, for good. */
  stop(): Promise<void>
}

interface KeepOptions<Process extends ServerProcess> {
  /** As in what is said. */
  readonly name: string
  /** Starts it, and starts it again where it was. */
  start(): Promise<Process>
  /** Says something to a person. */
  say(line: string): void
}

/** Milliseconds before it is started again; more each time, and few again once it has lived for a while. */
const firstPause = 100
const longestPause = 5_000
const livesWell = 10_000

/** A process that is started again whenever it ends by itself, as a container with `restart: unless-stopped` is. */
export async function keepRunning<Process extends ServerProcess>(
  options: KeepOptions<Process>,
): Promise<Kept & { readonly first: Process }> {
  const { name, start, say } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const first = await start()
  let current: ServerProcess = first

  async function watch(): Promise<void> {
    for (let pause = firstPause; ;) {
      const startedAt = performance.now()
      await current.ended
      if (signal.aborted) return
      say(`${name} ended; starting it again`)
      pause = performance.now() - startedAt > livesWell ? firstPause : Math.min(pause * 2, longestPause)
      current = await startAgain(pause)
    }
  }

  async function startAgain(pause: number): Promise<ServerProcess> {
    for (let wait = pause; ; wait = Math.min(wait * 2, longestPause)) {
      await pass(wait, undefined, { signal })
      try {
        const started = await start()
        // Whoever stopped us meanwhile could not end it.
        if (signal.aborted) await started.stop()
        return started
      } catch (thrown) {
        say(`${name} could not be started again: ${asError(thrown).message}`)
      }
    }
  }

  async function endBy(end: (process: ServerProcess) => Promise<void>): Promise<void> {
    stopping.abort()
    await end(current)
    await watching
  }

  const watching = watch().catch((thrown: unknown) => {
    if (!signal.aborted) throw thrown
  })
  return {
    name,
    first,
    current: () => current,
    kill: () => endBy((process) => process.kill()),
    stop: () => endBy((process) => process.stop()),
  }
}
