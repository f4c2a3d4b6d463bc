import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { ownerAnswerSchema, type OwnerAnswer, type OwnerOptions } from './owner-options.ts'

export interface Owner {
  /** What it says when PostgreSQL runs, or why it does not. */
  readonly answer: Promise<OwnerAnswer>
  /** Lets it end in order. */
  end(): Promise<void>
  /** kill -9 */
  kill(): Promise<void>
}

/** Runs `keep-running.ts` in a process of its own, so that it can be killed. */
export function startOwner(options: OwnerOptions): Owner {
  const script = fileURLToPath(new URL('keep-running.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const answer = once(createInterface({ input: child.stdout }), 'line').then(([line]) =>
    ownerAnswerSchema.parse(JSON.parse(String(line))),
  )
  // A killed owner answers nothing, and who killed it does not ask.
  answer.catch(() => undefined)

  return {
    answer,
    async end() {
      child.stdin.end()
      await ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
