import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'

import { StartError } from '../start-error.ts'
import { workspace } from './testing/workspace.ts'

const { folder, usedDataDir, start, finally: afterwards } = workspace()

async function refusal(dataDir: string): Promise<StartError> {
  const thrown: unknown = await start(dataDir).catch((failure: unknown) => failure)
  if (!(thrown instanceof StartError)) throw new Error(`expected a StartError, got ${String(thrown)}`)
  return thrown
}

describe('a start is refused in one line with a cure, and nothing is touched', () => {
  test('in a folder that holds other things', async () => {
    const dataDir = await folder()
    await writeFile(join(dataDir, 'thesis.txt'), 'years of work')

    const { message, cure } = await refusal(dataDir)

    expect(message).toBe(`The data folder ${dataDir} holds other things (such as thesis.txt) and is not Souk's.`)
    expect(cure).toBe('Name an empty or a new folder by SOUK_DATA_DIR.')
    expect(await readdir(dataDir)).toEqual(['thesis.txt'])
  })

  test('in a folder that is a file', async () => {
    const file = join(await folder(), 'file')
    await writeFile(file, 'text')

    expect((await refusal(file)).message).toBe(`The data folder ${file} is a file, or below one.`)
    expect((await refusal(join(file, 'below'))).message).toContain('is a file, or below one')
    expect(await readFile(file, 'utf8')).toBe('text')
  })

  test('in a folder that cannot be written', async () => {
    const dataDir = await unwritableFolder()

    const { message, cure } = await refusal(dataDir)

    expect(message).toContain(`The data folder ${dataDir} cannot be written`)
    expect(cure).toBe('Make it writable, or name another folder by SOUK_DATA_DIR.')
  })

  test('on data of another major version of PostgreSQL', async () => {
    const dataDir = await usedDataDir()
    const version = join(dataDir, 'postgres', 'PG_VERSION')
    await writeFile(version, '17\n')

    expect((await refusal(dataDir)).message).toContain('is of PostgreSQL 17; this Souk has PostgreSQL 18.')
    await writeFile(version, '18\n')
    await start(dataDir)
  })

  test('on damaged data, with the words of the server', async () => {
    const dataDir = await usedDataDir()
    await writeFile(join(dataDir, 'postgres', 'postgresql.conf'), 'no_such_setting = 1\n')

    const { message, cure } = await refusal(dataDir)

    expect(message).toMatch(/^PostgreSQL did not start: .*configuration file/)
    expect(cure).toContain(join(dataDir, 'postgres.log'))
    expect(await readdir(dataDir)).not.toContain('souk.lock')
  })

  test('with a marker that Souk did not write', async () => {
    const dataDir = await folder()
    await writeFile(join(dataDir, 'souk.json'), '{"souk": "mine"}')

    expect((await refusal(dataDir)).message).toContain('souk.json is not one that Souk wrote')
    expect(await readdir(dataDir)).toEqual(['souk.json'])
  })

  test('when the place elsewhere that holds the data is gone', async () => {
    const dataDir = await folder()
    await writeFile(join(dataDir, 'souk.json'), JSON.stringify({ souk: 1, postgresHome: '/nowhere/souk' }))

    expect((await refusal(dataDir)).message).toContain('were in /nowhere/souk, which is gone')
  })
})

test('the root of a mounted disk, with its lost+found, is as good as empty', async () => {
  const dataDir = await folder()
  await mkdir(join(dataDir, 'lost+found'))

  await start(dataDir)
})

/** Modes do not stop root: for it the folder is one of the system's, where nobody can make a file. */
async function unwritableFolder(): Promise<string> {
  if (process.getuid?.() === 0) return process.platform === 'linux' ? '/sys/souk' : '/System/souk'
  const dataDir = await folder()
  await promisify(execFile)('chmod', ['500', dataDir])
  afterwards(() => promisify(execFile)('chmod', ['700', dataDir]))
  return dataDir
}
