import { ConfigError } from '../config.ts'
import { asError } from '../errors.ts'
import { createLogger, type Logger } from '../telemetry/logging.ts'
import { doneWithin, unlessAborted } from '../work/deadline.ts'
import { interrupted, onStopSignal } from './stop-signal.ts'

/** Milliseconds from the signal to the end at most: less than whoever sent it waits before SIGKILL (30 s, usually). */
const stopPatience = 25_000

export interface Started {
  readonly log: Logger
  /** Takes nothing new, ends what is in hand, closes. */
  stop(): Promise<void>
}

interface Life {
  /** As in log lines. */
  readonly name: string
  /** Resolves when there is something to stop. @throws ConfigError when the environment is wrong */
  start(): Promise<Started>
}

/**
 * From the start of a process to its end: SIGTERM or SIGINT stops it in order, a second one at once; an error that nobody
 * has handled ends it with a log line, since what it holds can be trusted no longer, and whoever started it starts it again.
 */
export async function runProcess({ name, start }: Life): Promise<void> {
  endOnUnhandled(name)
  const asked = stopAskedFor()
  const { log, stop } = await start().catch((thrown: unknown) => die(name, 'cannot start', thrown))
  await asked
  log.info('stopping')
  const isDone = await doneWithin(stopPatience, stop).catch((thrown: unknown) =>
    die(name, 'did not stop cleanly', thrown),
  )
  log.info(isDone ? 'stopped' : 'did not stop in time')
  process.exit(isDone ? 0 : 1)
}

/** A process that does one thing and ends; a signal calls it off. */
export async function runJob(name: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  endOnUnhandled(name)
  const calledOff = new AbortController()
  void stopAskedFor().then(() => calledOff.abort())
  const { signal } = calledOff
  await unlessAborted(() => work(signal), signal).catch((thrown: unknown) => {
    if (signal.aborted) process.exit(interrupted)
    return die(name, 'failed', thrown)
  })
  process.exit()
}

function stopAskedFor(): Promise<void> {
  return new Promise((resolve) => onStopSignal(resolve))
}

function endOnUnhandled(name: string): void {
  process.on('uncaughtException', (thrown) => die(name, 'an error that nobody handled', thrown))
  process.on('unhandledRejection', (thrown) => die(name, 'a rejection that nobody handled', thrown))
}

/** Ends the process with one line that says why. */
function die(name: string, why: string, thrown: unknown): never {
  const log = createLogger('info').child({ process: name })
  // The stack of a wrong variable helps nobody.
  if (thrown instanceof ConfigError) log.fatal(`${why}: ${thrown.message}`)
  else log.fatal({ err: asError(thrown) }, why)
  process.exit(1)
}
