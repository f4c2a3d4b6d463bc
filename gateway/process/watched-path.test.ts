import { mkdir, mkdtemp, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { createLogger } from '../../platform/telemetry/logging.ts'
import { watchedPath, type WatchedPath } from './watched-path.ts'

let root: string
let watched: WatchedPath | undefined
let notify: () => void = () => undefined

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'souk-watched-'))
})

afterEach(async () => {
  watched?.close()
  await rm(root, { recursive: true })
})

async function watching(path: string): Promise<void> {
  watched = watchedPath(path, { onChange: () => notify(), log: createLogger('silent') })
  await watched.follow()
}

/** Resolves when the change has been noticed. */
async function noticed(change: () => Promise<unknown>): Promise<void> {
  const notice = new Promise<void>((resolve) => (notify = resolve))
  await change()
  await notice
  await watched?.follow()
}

const at = (...names: string[]) => join(root, ...names)

it('a file that is written, replaced, taken away and brought back is noticed', async () => {
  await writeFile(at('file'), 'a')
  await watching(at('file'))
  await noticed(() => writeFile(at('file'), 'b'))
  await writeFile(at('file.new'), 'c')
  await noticed(() => rename(at('file.new'), at('file')))
  await noticed(() => unlink(at('file')))
  await noticed(() => writeFile(at('file'), 'd'))
  await noticed(() => writeFile(at('file'), 'e'))
})

it('a folder that is made anew is followed, even where it has the number of the old one', async () => {
  await mkdir(at('conf'))
  await writeFile(at('conf', 'file'), 'a')
  await watching(at('conf', 'file'))
  for (const content of ['b', 'c']) {
    await noticed(async () => {
      await rm(at('conf'), { recursive: true })
      await mkdir(at('conf'))
      await writeFile(at('conf', 'file'), content)
    })
    await noticed(() => writeFile(at('conf', 'file'), `${content} again`))
  }
})

it('what Kubernetes does to a ConfigMap is noticed, again and again', async () => {
  await mkdir(at('..1'))
  await writeFile(at('..1', 'file'), 'a')
  await symlink('..1', at('..data'))
  await symlink(join('..data', 'file'), at('file'))
  await watching(at('file'))
  for (const version of [2, 3, 4]) {
    await noticed(async () => {
      await mkdir(at(`..${version}`))
      await writeFile(at(`..${version}`, 'file'), String(version))
      await symlink(`..${version}`, at('..data_tmp'))
      await rename(at('..data_tmp'), at('..data'))
      await rm(at(`..${version - 1}`), { recursive: true })
    })
  }
})

it('a change behind links is noticed, and that of a folder above', async () => {
  await mkdir(at('real', 'deep'), { recursive: true })
  await writeFile(at('real', 'deep', 'file'), 'a')
  await symlink(at('real'), at('linked'))
  await symlink(at('linked', 'deep', 'file'), at('named'))
  await watching(at('named'))
  await noticed(() => writeFile(at('real', 'deep', 'file'), 'b'))
  await mkdir(at('other', 'deep'), { recursive: true })
  await writeFile(at('other', 'deep', 'file'), 'c')
  await noticed(() => rename(at('real'), at('gone')))
  await noticed(() => rename(at('other'), at('real')))
  await noticed(() => writeFile(at('real', 'deep', 'file'), 'd'))
})

it('a link to itself is watched, and is nothing', async () => {
  await symlink(at('loop'), at('loop'))
  await watching(at('loop'))
  await noticed(() => unlink(at('loop')))
})

it('what lies beside the file is nothing to look at', async () => {
  await writeFile(at('file'), 'a')
  await watching(at('file'))
  const seen: string[] = []
  notify = () => seen.push('a change')
  await writeFile(at('neighbour'), 'b')
  await noticed(() => writeFile(at('file'), 'c'))
  expect(seen).toEqual([])
})
