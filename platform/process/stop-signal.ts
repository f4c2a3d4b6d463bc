/** The usual code of a process that Ctrl-C has ended. */
export const interrupted = 130

/** Milliseconds in which further signals repeat the first one: a supervisor sends SIGTERM to a whole group, and its members pass it on. */
const oneRequest = 1_000

interface StopOptions {
  /** How many SIGINT one Ctrl-C brings: two where npm, which it reaches too, passes it on. */
  readonly perInterrupt?: 1 | 2
}

/**
 * The first SIGINT or SIGTERM asks to stop. Another one ends the process at once: a second Ctrl-C, however soon, or what
 * comes more than a second later.
 */
export function onStopSignal(stop: () => void, { perInterrupt = 1 }: StopOptions = {}): void {
  let askedAt: number | undefined
  let interrupts = 0
  const onSignal = (isInterrupt: boolean) => {
    if (isInterrupt) interrupts += 1
    if (askedAt === undefined) {
      askedAt = performance.now()
      stop()
    } else if (interrupts > perInterrupt || performance.now() - askedAt > oneRequest) process.exit(interrupted)
  }
  process.on('SIGINT', () => onSignal(true))
  process.on('SIGTERM', () => onSignal(false))
}
