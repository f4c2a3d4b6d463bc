import { asError } from '../errors.ts'
import type { Logger } from '../telemetry/logging.ts'
import { inNoTrace } from '../telemetry/trace.ts'

export interface WakingLoop {
  /** Asks for a turn; many calls while one runs make one more. */
  wake(): void
  /** Resolves when a turn that began after the call has ended. Rejects when that turn failed. */
  settled(): Promise<void>
  /** No further turn; resolves when the running one has ended. */
  stop(): Promise<void>
}

/** Another process is at the same work just now: nothing has failed. */
export class NotOurTurn extends Error {
  override readonly name = 'NotOurTurn'
}

interface LoopOptions {
  readonly name: string
  readonly log: Logger
  /** Milliseconds after which a turn is taken even if nobody woke the loop; what a crash left behind is found so. */
  readonly sweepEvery: number
  turn(): Promise<void>
}

/** Of the time between two sweeps, the part that always passes; how much of the rest does is left to chance. */
const earliest = 0.8

/** Runs `turn` whenever woken, one at a time, and at least every `sweepEvery` milliseconds. A failed turn is logged and tried at the next sweep. */
export function repeatOnWake({ name, log, sweepEvery, turn }: LoopOptions): WakingLoop {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  let stopped = false

  function start(): Promise<void> {
    running = inNoTrace(turn).finally(() => (running = undefined))
    return running
  }

  function request(): Promise<void> {
    if (stopped) return Promise.resolve()
    if (running === undefined) return start()
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined
        return stopped ? undefined : start()
      })
    return next
  }

  function wake(): void {
    if (next !== undefined) return
    request().catch((thrown: unknown) => {
      if (thrown instanceof NotOurTurn) log.info({ loop: name }, `${thrown.message}; looking again at the next sweep`)
      else log.warn({ err: asError(thrown), loop: name }, 'a turn failed; trying again at the next sweep')
    })
  }

  function sweepLater(): NodeJS.Timeout {
    // Replicas that sweep in step would leave a message that only one of them handles to the others for ever.
    return setTimeout(
      () => {
        sweep = sweepLater()
        wake()
      },
      sweepEvery * (earliest + Math.random() * (1 - earliest)),
    )
  }

  let sweep = sweepLater()
  return {
    wake,
    settled: request,
    async stop() {
      stopped = true
      clearTimeout(sweep)
      await running?.catch(() => undefined)
    },
  }
}
