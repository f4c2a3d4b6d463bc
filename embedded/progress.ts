/** Tells a person what is going on. */
export interface Progress {
  /** Says what is being done, and how long it took. */
  step<Result>(what: string, work: () => Promise<Result>): Promise<Result>
  say(line: string): void
}

/** A line a step on standard output. */
export function consoleProgress(write: (text: string) => void): Progress {
  return {
    async step(what, work) {
      const begun = performance.now()
      write(`  ${what} … `)
      try {
        return await work()
      } finally {
        write(`${((performance.now() - begun) / 1000).toFixed(1)} s\n`)
      }
    },
    say: (line) => write(`${line}\n`),
  }
}

export const silentProgress: Progress = { step: (_what, work) => work(), say: () => undefined }
