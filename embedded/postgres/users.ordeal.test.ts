import { chmod, cp, mkdir, mkdtemp, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { installedBinaries } from './binaries.ts'
import { startOwner } from './testing/owner.ts'
import { query, workspace } from './testing/workspace.ts'
import type { EmbeddedPostgres } from './supervisor.ts'

const { folder, usedDataDir, start, finally: afterwards } = workspace()

async function uidOf(postgres: EmbeddedPostgres): Promise<number> {
  return (await stat(postgres.socketDir)).uid
}

test('the server never runs as root', async () => {
  const postgres = await start(await usedDataDir())

  expect(await uidOf(postgres)).not.toBe(0)
  expect(await query(postgres.connect('postgres'), 'select 1 as one')).toEqual([{ one: 1 }])
})

// Only root can become somebody else.
if (process.getuid?.() === 0) {
  describe('started as root', () => {
    test('drops to another user, who may not look into the data folder', async () => {
      const dataDir = await folder()
      await start(dataDir)

      expect((await stat(join(dataDir, 'postgres'))).uid).not.toBe(0)
      expect((await stat(dataDir)).uid).toBe(0)
    })

    test('keeps its data elsewhere when only root may enter the data folder, and finds it again', async () => {
      const base = await rootOnlyFolder()
      const elsewhere = [join(base, 'unreachable-too'), await folder()]
      const dataDir = join(base, 'clone', '.souk')
      const first = await start(dataDir, { elsewhere })
      await query(first.connect('postgres'), 'create table kept as select 42 as answer')
      await first.stop()

      const second = await start(dataDir, { elsewhere })

      expect(await query(second.connect('postgres'), 'select answer from kept')).toEqual([{ answer: 42 }])
      expect(await readdir(elsewhere[1] ?? '')).toHaveLength(1)
      expect((await readdir(dataDir)).sort()).toEqual(['postgres.log', 'souk.json', 'souk.lock'])
    })

    test('runs a copy of the binaries when only root may enter node_modules', async () => {
      const installed = join(await rootOnlyFolder(), 'native')
      await cp(installedBinaries(), installed, { recursive: true, verbatimSymlinks: true })
      const dataDir = await folder()

      await (await start(dataDir, { installed })).stop()
      const postgres = await start(dataDir, { installed })

      expect(await query(postgres.connect('postgres'), 'select 1 as one')).toEqual([{ one: 1 }])
      expect((await readdir(dataDir)).filter((name) => name.startsWith('binaries-'))).toHaveLength(1)
    })

    test('runs a copy of the binaries that a strict umask has hidden', async () => {
      const installed = join(await folder(), 'native')
      await cp(installedBinaries(), installed, { recursive: true, verbatimSymlinks: true })
      await hide(installed)

      await start(await folder(), { installed })
    })

    test('refuses the data of another user', async () => {
      const { dataDir, end } = await runAs(1000)
      await end()

      await expect(start(dataDir)).rejects.toThrow(
        `The data folder ${dataDir} belongs to user 1000, and Souk runs as user 0.`,
      )
    })
  })

  describe('started as another user', () => {
    test('runs as that user, without a name on this system too', async () => {
      const { dataDir, pid } = await runAs(54_321)

      expect(await readFile(`/proc/${pid}/status`, 'utf8')).toMatch(/^Uid:\s+54321\s+54321\s/m)
      expect((await stat(join(dataDir, 'postgres'))).uid).toBe(54_321)
    })

    test('is refused where root has been before, and root can go on', async () => {
      const dataDir = await folder()
      await (await start(dataDir)).stop()
      const owner = startOwner({ dataDir, uid: 54_321, installed: await publicBinaries() })

      expect(await owner.failure()).toMatch(/belongs to user 0, and Souk runs as user 54321\.$/)
      await owner.end()
      await start(dataDir)
    })
  })
}

async function rootOnlyFolder(): Promise<string> {
  const base = await mkdtemp(join(await folder(), 'root-only-'))
  await chmod(base, 0o700)
  return base
}

async function runAs(uid: number): Promise<{ dataDir: string; pid: number; end(): Promise<void> }> {
  const base = await folder()
  await chmod(base, 0o777)
  const dataDir = join(base, 'data')
  const owner = startOwner({ dataDir, uid, installed: await publicBinaries() })
  afterwards(() => owner.end())
  const { pid } = await owner.running()
  return { dataDir, pid, end: () => owner.end() }
}

/** The tests may run in a clone that only root may enter. */
async function publicBinaries(): Promise<string> {
  const native = join(await folder(), 'native')
  await cp(installedBinaries(), native, { recursive: true, verbatimSymlinks: true })
  return native
}

async function hide(path: string): Promise<void> {
  await mkdir(path, { recursive: true })
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    if (entry.isDirectory() || entry.isFile()) await chmod(join(entry.parentPath, entry.name), 0o700)
  }
  await chmod(path, 0o700)
}
