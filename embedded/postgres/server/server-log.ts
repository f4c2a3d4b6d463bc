import { appendFileSync, renameSync, statSync } from 'node:fs'

/** What the server says, in a file of bounded size: when full it becomes `<path>.1`, and the one before that goes. */
export interface ServerLog {
  readonly path: string
  write(line: string): void
  /** The reason the server last gave for not going on, if it gave one. */
  lastFailure(): string | undefined
}

interface ServerLogOptions {
  readonly path: string
  /** Bytes of one file; there are at most two. */
  readonly limit?: number
}

export function openServerLog({ path, limit = 1_000_000 }: ServerLogOptions): ServerLog {
  let size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  let failure: string | undefined

  function write(line: string): void {
    failure = /(?:FATAL|PANIC): +(.+)/.exec(line)?.[1] ?? failure
    if (size > limit) {
      renameSync(path, `${path}.1`)
      size = 0
    }
    const text = `${line}\n`
    appendFileSync(path, text, { mode: 0o600 })
    size += Buffer.byteLength(text)
  }

  return { path, write, lastFailure: () => failure }
}
