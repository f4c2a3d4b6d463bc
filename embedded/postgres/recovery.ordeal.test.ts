import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { installedBinaries } from './binaries.ts'
import { inspectProcess, waitForEnd } from './running-process.ts'
import { commandFor, serverUser } from './server/server-user.ts'
import { startOwner } from './testing/owner.ts'
import { query, workspace } from './testing/workspace.ts'

const { folder, usedDataDir, start, finally: afterwards } = workspace()

describe('the next start', () => {
  test('recovers from kill -9 of the process that owned the server', async () => {
    const dataDir = await usedDataDir()
    const owner = startOwner({ dataDir, durable: true })
    afterwards(() => owner.kill())
    const { pid, socketDir } = await owner.running()
    const config = { host: socketDir, port: 5432, user: 'souk', database: 'postgres' }
    await query(config, 'create table kept as select 42 as answer')
    await owner.kill()

    const postgres = await start(dataDir)

    expect(await query(postgres.connect('postgres'), 'select answer from kept')).toEqual([{ answer: 42 }])
    expect(await inspectProcess(pid)).toBeUndefined()
    await expect(stat(socketDir)).rejects.toThrow('ENOENT')
  })

  test('recovers from kill -9 of process and server together, with all that was committed', async () => {
    const dataDir = await usedDataDir()
    const owner = startOwner({ dataDir, durable: true })
    afterwards(() => owner.kill())
    const { pid, socketDir } = await owner.running()
    const config = { host: socketDir, port: 5432, user: 'souk', database: 'postgres' }
    await query(config, 'create table kept as select 42 as answer')
    process.kill(pid, 'SIGKILL')
    await owner.kill()

    const postgres = await start(dataDir)

    expect(await query(postgres.connect('postgres'), 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('stops a server that outlived its Souk, and takes over', async () => {
    const dataDir = await usedDataDir()
    const orphan = await startUnwatchedServer(dataDir, await folder())

    const postgres = await start(dataDir)

    expect(await inspectProcess(orphan)).toBeUndefined()
    expect(await query(postgres.connect('postgres'), 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('leaves a process alone that has got the number of a server now gone', async () => {
    const dataDir = await usedDataDir()
    await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n${dataDir}/postgres\n`)

    const postgres = await start(dataDir)

    expect(await query(postgres.connect('postgres'), 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('leaves the server of another data folder alone, even if it has got the number', async () => {
    const neighbour = await start(await usedDataDir())
    const dataDir = await usedDataDir()
    await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), `${neighbour.pid}\n${dataDir}/postgres\n`)

    await start(dataDir)

    expect(await query(neighbour.connect('postgres'), 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('makes the cluster anew when kill -9 came in the middle of making it', async () => {
    const dataDir = await folder()
    const owner = startOwner({ dataDir })
    await halfMade(dataDir)
    await owner.kill()
    expect(await readdir(dataDir)).not.toContain('postgres')

    const postgres = await start(dataDir)

    expect(await query(postgres.connect('postgres'), 'select 1 as one')).toEqual([{ one: 1 }])
    expect((await readdir(dataDir)).filter((name) => name.startsWith('initialising-'))).toEqual([])
  })

  test('takes a lock over whose process is gone, although its number is in use', async () => {
    const dataDir = await usedDataDir()
    await writeFile(join(dataDir, 'souk.lock'), JSON.stringify({ pid: process.pid, startedAt: 'another boot/1' }))

    await start(dataDir)

    const lock: unknown = JSON.parse(await readFile(join(dataDir, 'souk.lock'), 'utf8'))
    expect(lock).toMatchObject({ pid: process.pid, startedAt: (await inspectProcess(process.pid))?.startedAt })
  })
})

describe('on Linux', () => {
  test.runIf(process.platform === 'linux')('the server ends by itself when its Souk is killed', async () => {
    const dataDir = await usedDataDir()
    const owner = startOwner({ dataDir })
    afterwards(() => owner.kill())
    const { pid } = await owner.running()
    await owner.kill()

    expect(await waitForEnd(pid, 10_000)).toBe(true)
    await expect(stat(join(dataDir, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT')
    await start(dataDir)
  })
})

/** What kill -9 leaves where nothing signals the server: it runs on, and nobody waits for it. */
async function startUnwatchedServer(dataDir: string, socketDir: string): Promise<number> {
  const user = await serverUser()
  const postgres = join(installedBinaries(), 'bin', 'postgres')
  const { options } = commandFor(user, [postgres])
  const args = ['-D', join(dataDir, 'postgres'), '-c', 'listen_addresses=', '-c', 'unix_socket_directories=']
  const child = spawn(postgres, args, { ...options, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
  afterwards(() => Promise.resolve(child.kill('SIGKILL')))
  for await (const chunk of child.stderr) if (String(chunk).includes('ready to accept')) break
  if (child.pid === undefined) throw new Error(`no server in ${socketDir}`)
  return child.pid
}

async function halfMade(dataDir: string): Promise<void> {
  for (;;) {
    const names = await readdir(dataDir)
    const draft = names.find((name) => name.startsWith('initialising-'))
    if (draft !== undefined && (await readdir(join(dataDir, draft))).includes('base')) return
    await once(AbortSignal.timeout(5), 'abort')
  }
}
