/** Shows a person what is going on. */
export interface Progress {
  /** Prints what is being done, and, once it is, how long it took. */
  step<Result>(what: string, work: () => Promise<Result>): Promise<Result>
  print(line: string): void
  /** Prints it once the step that is running has ended, for what goes on beside it. */
  printBetween(line: string): void
  /** So that what somebody else writes has a line of its own. */
  endLine(): void
}

/** A line a step; what is printed in the middle of one gets a line of its own. */
export function consoleProgress(write: (text: string) => void): Progress {
  /** The step that the last line, which has no end yet, is about. */
  let open: string | undefined
  let stepping = false
  let waiting: string[] = []

  function endLine(): void {
    if (open !== undefined) write('\n')
    open = undefined
  }

  function print(line: string): void {
    endLine()
    write(`${line}\n`)
  }

  return {
    async step(what, work) {
      const begun = performance.now()
      endLine()
      write(`  ${what} … `)
      open = what
      stepping = true
      try {
        const result = await work()
        if (open !== what) write(`  ${what} … `)
        write(`${((performance.now() - begun) / 1000).toFixed(1)} s`)
        open = what
        return result
      } finally {
        if (open === what) endLine()
        stepping = false
        for (const line of waiting) print(line)
        waiting = []
      }
    },
    endLine,
    print,
    printBetween(line) {
      if (stepping) waiting.push(line)
      else print(line)
    },
  }
}

export const silentProgress: Progress = {
  step: (_what, work) => work(),
  print: () => undefined,
  printBetween: () => undefined,
  endLine: () => undefined,
}
