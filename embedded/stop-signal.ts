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

/** The work, or a rejection as soon as the signal is given: what goes on behind that is left to itself. */
export function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error('called off', { cause: signal.reason }))
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
}
