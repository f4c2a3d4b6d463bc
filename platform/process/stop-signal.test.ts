import { spawn } from 'node:child_process'
import { on, once } from 'node:events'
import { createInterface } from 'node:readline'

import { expect, it } from 'vitest'

import { interrupted } from './stop-signal.ts'

/** Says when it is asked to stop, and takes for ever over it; answers whatever it is told, so that one sees it live. */
const program = (options: string) => `
  const { onStopSignal } = await import('./platform/process/stop-signal.ts')
  onStopSignal(() => console.log('stopping'), ${options})
  process.stdin.on('data', () => console.log('alive'))
  console.log('started')
`

async function started(options: string) {
  const args = ['--import', './platform/typescript/register.js', '--input-type=module', '-e', program(options)]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const lines: AsyncIterator<readonly unknown[]> = on(createInterface(child.stdout), 'line')
  const says = async (line: string) => expect((await lines.next()).value).toEqual([line])
  await says('started')
  return {
    says,
    ended,
    signal: (name: NodeJS.Signals) => child.kill(name),
    async lives() {
      child.stdin.write('?')
      await says('alive')
    },
  }
}

it('a second Ctrl-C ends at once, however soon it comes', async () => {
  const process = await started('{}')
  process.signal('SIGINT')
  await process.says('stopping')
  process.signal('SIGINT')
  expect(await process.ended).toEqual([interrupted, null])
})

it('one Ctrl-C that npm passes on is one request, and another is the second', async () => {
  const process = await started('{ perInterrupt: 2 }')
  process.signal('SIGINT')
  await process.says('stopping')
  process.signal('SIGINT')
  await process.lives()
  process.signal('SIGINT')
  expect(await process.ended).toEqual([interrupted, null])
})

it('SIGTERM that a whole group has passed on is one request', async () => {
  const process = await started('{}')
  process.signal('SIGTERM')
  await process.says('stopping')
  process.signal('SIGTERM')
  process.signal('SIGTERM')
  await process.lives()
  process.signal('SIGKILL')
  await process.ended
})
