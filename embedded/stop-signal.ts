/** The usual code of a process that Ctrl-C has ended. */
export const interrupted = 130

/** The first SIGINT or SIGTERM asks to stop; the second one ends the process at once. */
export function onStopSignal(stop: () => void): void {
  let asked = false
  const onSignal = () => {
    if (asked) process.exit(interrupted)
    asked = true
    stop()
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, onSignal)
}
