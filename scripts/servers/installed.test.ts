import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { fromPython } from './installed.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-test-'))
  vi.stubEnv('PATH', [folder, process.env.PATH].join(delimiter))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

it.each(['', ' >&2'])('what an installer has written is shown, wherever it has written it:%s', async (where) => {
  // As Debian's python3 ends without python3-venv.
  const lines = ['ensurepip is not available.', 'Install the python3-venv package.'].map(
    (line) => `echo ${line}${where}`,
  )
  await writeFile(join(folder, 'python3'), ['#!/bin/sh', ...lines, 'exit 1'].join('\n'), { mode: 0o755 })
  await expect(fromPython({ requirement: 'nothing==0', program: 'nothing' })).rejects.toMatchObject({
    name: 'MissingServer',
    message: expect.stringMatching(
      /could not be installed: Command failed: python3 -m venv .*: ensurepip is not available\. Install the python3-venv package\.$/,
    ),
  })
})
