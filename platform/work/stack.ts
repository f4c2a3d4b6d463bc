/** What has been started, and how to end each again, so that a start that fails half-way leaves nothing behind. */
export class Stack {
  readonly #ends: (() => Promise<void>)[] = []

  onStop(end: () => Promise<void>): void {
    this.#ends.push(end)
  }

  /** Newest first. */
  async stop(): Promise<void> {
    const failures: unknown[] = []
    for (let end = this.#ends.pop(); end !== undefined; end = this.#ends.pop()) {
      // One that fails must not keep the rest open, PostgreSQL least of all.
      await end().catch((thrown: unknown) => failures.push(thrown))
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be stopped.')
  }
}

/** As Promise.all, but when one fails the others are waited for: what is half started cannot be stopped. */
export async function allToTheEnd<Works extends readonly Promise<unknown>[] | []>(works: Works) {
  await Promise.allSettled(works)
  return Promise.all(works)
}
