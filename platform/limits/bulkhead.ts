import { SoukError } from '../errors.ts'

export interface Bulkhead {
  /** Runs the work when it is its turn. @throws SoukError RATE_LIMITED when too much waits already */
  run<Result>(work: () => Promise<Result>): Promise<Result>
}

/** Lets so much work go on at once, and so much wait for its turn, that what is beside it still gets its share. */
export function bulkhead(limits: {
  readonly atOnce: number
  readonly waiting: number
  /** Seconds after which whoever is turned away may come again. */
  readonly retryAfter: number
}): Bulkhead {
  let running = 0
  const queue: (() => void)[] = []

  function leave(): void {
    const next = queue.shift()
    if (next === undefined) running -= 1
    // The place passes to the next without being free in between.
    else next()
  }

  return {
    async run(work) {
      if (running < limits.atOnce) running += 1
      else if (queue.length >= limits.waiting) {
        throw new SoukError('RATE_LIMITED', undefined, { retryAfter: limits.retryAfter })
      } else await new Promise<void>((enter) => queue.push(enter))
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
