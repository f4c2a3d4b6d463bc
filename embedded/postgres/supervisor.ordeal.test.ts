import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Client, Pool } from 'pg'
import { describe, expect, test } from 'vitest'

import { inspectProcess } from './running-process.ts'
import { startOwner } from './testing/owner.ts'
import { query, workspace } from './testing/workspace.ts'

const { folder, usedDataDir, start } = workspace()

describe('the embedded PostgreSQL', () => {
  test('makes its data at the first start and keeps it over a restart', async () => {
    const dataDir = join(await folder(), 'new', 'data')
    const first = await start(dataDir)
    await first.ensureDatabases(['orders', 'cart'])
    await query(first.connect('orders'), 'create table kept as select 42 as answer')
    await first.stop()

    const second = await start(dataDir)
    await second.ensureDatabases(['orders', 'cart', 'users'])

    expect(await query(second.connect('orders'), 'select answer from kept')).toEqual([{ answer: 42 }])
    expect(await query(second.connect('users'), 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('ends with its process gone and nothing left but the data', async () => {
    const dataDir = await folder()
    const postgres = await start(dataDir)

    await postgres.stop()
    await postgres.stop()

    expect(await inspectProcess(postgres.pid ?? 0)).toBeUndefined()
    await expect(stat(postgres.socketDir)).rejects.toThrow('ENOENT')
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log', 'souk.json'])
  })

  test('lets the sessions of a closed pool end, and ends the others', async () => {
    const postgres = await start(await usedDataDir())
    const pool = new Pool(postgres.connect('postgres'))
    const ofThePool: string[] = []
    pool.on('error', (error) => ofThePool.push(error.message))
    await Promise.all([pool.query('select 1'), pool.query('select 2')])
    const open = new Client(postgres.connect('postgres'))
    const ofTheOpen: string[] = []
    open.on('error', (error) => ofTheOpen.push(error.message))
    await open.connect()

    await pool.end()
    await postgres.stop()

    expect(ofThePool).toEqual([])
    expect(ofTheOpen).toContain('terminating connection due to administrator command')
  })

  test('folds case beyond ASCII whatever locales the machine has', async () => {
    const postgres = await start(await usedDataDir())
    const [row] = await query(postgres.connect('postgres'), `select lower('É') as lower, upper('ß') as upper`)

    expect(row).toMatchObject({ lower: 'é', upper: 'ß' })
  })

  test('is reached by a socket alone, which only its user may enter', async () => {
    const postgres = await start(await usedDataDir())
    const [row] = await query(postgres.connect('postgres'), `select current_setting('listen_addresses') as tcp`)

    expect(row).toEqual({ tcp: '' })
    expect((await stat(postgres.socketDir)).mode & 0o777).toBe(0o700)
  })

  test('starts in a data folder whose path is longer than a socket can have', async () => {
    const dataDir = join(await folder(), 'a-rather-long-name-of-a-folder'.repeat(4), 'and-one-below-it')
    expect(dataDir.length).toBeGreaterThan(107)

    const postgres = await start(dataDir)

    expect(await query(postgres.connect('postgres'), 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('refuses a second Souk on the same folder, and the first goes on', async () => {
    const dataDir = await folder()
    const postgres = await start(dataDir)
    const other = startOwner({ dataDir })

    await expect(start(dataDir)).rejects.toThrow(`Another Souk (process ${process.pid}) is running`)
    expect(await other.failure()).toContain(`Another Souk (process ${process.pid})`)
    expect(await query(postgres.connect('postgres'), 'select 1 as one')).toEqual([{ one: 1 }])
    await other.end()
  })

  test('lets one of two win that start at once on a new folder', async () => {
    const dataDir = await folder()
    const owners = [startOwner({ dataDir }), startOwner({ dataDir })]
    const answers = await Promise.all(owners.map((owner) => owner.answer))

    expect(answers.filter((answer) => 'pid' in answer)).toHaveLength(1)
    expect(answers.filter((answer) => 'failure' in answer)).toHaveLength(1)
    await Promise.all(owners.map((owner) => owner.end()))
  })
})
