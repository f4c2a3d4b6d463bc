/** The usual code of a process that Ctrl-C has ended. */
export const interrupted = 130

/**
 * Milliseconds in which further signals repeat the first one: Ctrl-C reaches npm and this process, and npm passes it on
 * once more; a supervisor that sends SIGTERM to a whole group does the same.
 */
const oneRequest = 1_000

/** The first SIGINT or SIGTERM asks to stop; one that comes more than a second later ends the process at once. */
export function onStopSignal(stop: () => void): void {
  let askedAt: number | undefined
  const onSignal = () => {
    if (askedAt !== undefined) {
      if (performance.now() - askedAt > oneRequest) process.exit(interrupted)
      return
    }
    askedAt = performance.now()
    stop()
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, onSignal)
}
