import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { ownerAnswerSchema, type OwnerAnswer, type OwnerOptions, type RunningOwner } from './owner-options.ts'

export interface Owner {
  /** Resolves when its PostgreSQL runs. */
  running(): Promise<RunningOwner>
  /** Resolves with the reason when it could not start. */
  failure(): Promise<string>
  /** What it reports, either way. */
  readonly answer: Promise<OwnerAnswer>
  /** Lets it end in order. */
  end(): Promise<void>
  /** kill -9 */
  kill(): Promise<void>
}

const loader = new URL('../../../platform/typescript/register.js', import.meta.url).href

/** Runs `keep-running.ts` in a process of its own, so that it can be killed. */
export function startOwner(options: OwnerOptions): Owner {
  const script = fileURLToPath(new URL('keep-running.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', loader, script, JSON.stringify(options)], {
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
    async running() {
      const reported = await answer
      if ('failure' in reported) throw new Error(reported.failure)
      return reported
    },
    async failure() {
      const reported = await answer
      return 'failure' in reported ? reported.failure : 'none: it runs'
    },
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
