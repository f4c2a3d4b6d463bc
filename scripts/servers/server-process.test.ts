import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

import { expect, test } from 'vitest'

import { waitForEnd } from '../../embedded/postgres/running-process.ts'

/** Starts something that heeds no signal, says its number, and ends as it is told. */
const owner = (ends: string) => `
  const { startServer } = await import('./scripts/servers/server-process.ts')
  const deaf = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000)"
  const { pid } = await startServer({ name: 'deaf', command: process.execPath, args: ['-e', deaf], isReady: async () => true })
  process.stdout.write(pid + '\\n', () => { ${ends} })
`

test('a server does not outlive whoever started it and ends at once', async () => {
  const args = [
    '--import',
    './platform/typescript/register.js',
    '--input-type=module',
    '-e',
    owner('process.exit(130)'),
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  expect(Number(line)).toBeGreaterThan(1)
  expect(await waitForEnd(Number(line), 5_000)).toBe(true)
})
