/** What a process has used so far. */
export interface Used {
  /** Microseconds of CPU. */
  readonly cpu: number
  /** Bytes: all of it, and what its objects take, which is what is left of them where Node is started with `--expose-gc`. */
  readonly memory: number
  readonly objects: number
}

/** Sends what this process has used to the one that started it, whenever that asks. */
export function reportUse(): void {
  process.on('message', () => {
    globalThis.gc?.()
    const { user, system } = process.cpuUsage()
    const { rss, heapUsed } = process.memoryUsage()
    const used: Used = { cpu: user + system, memory: rss, objects: heapUsed }
    process.send?.(used)
  })
}
