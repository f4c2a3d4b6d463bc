/** Does the work at most once at a time: who asks while it runs gets the result of that run. */
export function singleFlight<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | undefined
  return () => {
    running ??= work().finally(() => (running = undefined))
    return running
  }
}
