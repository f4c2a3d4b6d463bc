import { ConfigError } from '../config.ts'
import { asError } from '../errors.ts'
import { createLogger, type Logger } from '../telemetry/logging.ts'
import { doneWithin } from '../work/deadline.ts'
import { onStopSignal } from './stop-signal.ts'

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
  let log = createLogger('info').child({ process: name })
  const die = (why: string) => (thrown: unknown) => {
    log.fatal({ err: asError(thrown) }, why)
    process.exit(1)
  }
  process.on('uncaughtException', die('an error that nobody handled'))
  process.on('unhandledRejection', die('a rejection that nobody handled'))
  let askToStop: () => void = () => undefined
  const asked = new Promise<void>((resolve) => (askToStop = resolve))
  onStopSignal(() => askToStop())
  const started = await start().catch((thrown: unknown) => {
    // One line says it: the stack of a wrong variable helps nobody.
    if (!(thrown instanceof ConfigError)) return die('cannot start')(thrown)
    log.fatal(thrown.message)
    process.exit(1)
  })
  log = started.log
  await asked
  log.info('stopping')
  const isDone = await doneWithin(stopPatience, () => started.stop()).catch(die('did not stop cleanly'))
  log.info(isDone ? 'stopped' : 'did not stop in time')
  process.exit(isDone ? 0 : 1)
}
