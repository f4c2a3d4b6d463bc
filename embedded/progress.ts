/** Tells a person what is going on. */
export interface Progress {
  /** Says what is being done, and, once it is, how long it took. */
  step<Result>(what: string, work: () => Promise<Result>): Promise<Result>
  say(line: string): void
  /** So that what somebody else writes has a line of its own. */
  endLine(): void
}

/** A line a step; what is said in the middle of one gets a line of its own. */
export function consoleProgress(write: (text: string) => void): Progress {
  /** The step that the last line, which has no end yet, tells of. */
  let open: string | undefined

  function endLine(): void {
    if (open !== undefined) write('\n')
    open = undefined
  }

  return {
    async step(what, work) {
      const begun = performance.now()
      endLine()
      write(`  ${what} … `)
      open = what
      try {
        const result = await work()
        if (open !== what) write(`  ${what} … `)
        write(`${((performance.now() - begun) / 1000).toFixed(1)} s`)
        open = what
        return result
      } finally {
        if (open === what) endLine()
      }
    },
    endLine,
    say(line) {
      endLine()
      write(`${line}\n`)
    },
  }
}

export const silentProgress: Progress = {
  step: (_what, work) => work(),
  say: () => undefined,
  endLine: () => undefined,
}
