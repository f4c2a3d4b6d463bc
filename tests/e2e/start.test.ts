import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchSouk } from '../support/souk-process.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-start-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Its exit code, and all it prints on standard error. */
async function refusal(environment: Record<string, string>, nodeOptions: readonly string[] = []) {
  const souk = launchSouk({ environment: { SOUK_DATA_DIR: join(folder, 'data'), ...environment }, nodeOptions })
  const { code } = await souk.ended
  expect(souk.output()).not.toContain('Souk is ready')
  return { code, errors: souk.errors() }
}

const onlyLine = (line: string) => ({ code: 1, errors: `${line}\n` })

describe.concurrent('a start that cannot be is refused with 1 and one line, which names the cause and the cure', () => {
  it('when an environment variable is wrong', async () => {
    expect(await refusal({ PORT: '70000' })).toEqual(
      onlyLine(
        'Souk cannot start: PORT is "70000": expected a whole number from 0 to 65535. ' +
          'Correct the environment variable and start again.',
      ),
    )
  })

  it.each([
    ['SOUK_OPERATIONS', '/nowhere', 'a folder'],
    ['SOUK_OPERATIONS', import.meta.filename, 'a folder'],
    ['FORWARD_HEADERS', 'Host', 'names of headers separated by commas'],
  ])('when %s is %s', async (variable, value, expected) => {
    const { code, errors } = await refusal({ [variable]: value })
    expect([code, errors]).toEqual([1, expect.stringContaining(`${variable} is "${value}": expected ${expected}`)])
  })

  it('when the port is in use, on any address of the host', async () => {
    const other = createServer()
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0

    expect(await refusal({ PORT: String(port), HOST: 'localhost' })).toEqual(
      onlyLine(
        `Souk cannot start: Port ${port} on localhost is in use. ` +
          `Stop what uses it, or choose another: PORT=${port + 1} npm start`,
      ),
    )
    other.close()
  })

  it('when the supergraph is broken', async () => {
    const broken = join(folder, 'broken.graphql')
    await writeFile(broken, 'type Query { shop: ')

    expect(await refusal({ SOUK_SUPERGRAPH: broken })).toEqual(
      onlyLine(
        `Souk cannot start: The supergraph ${broken} cannot be used: Syntax Error: Expected Name, found <EOF>. ` +
          `SOUK_SUPERGRAPH names it: correct that, or leave it out, and ${resolve('supergraph.graphql')} is used.`,
      ),
    )
  })

  it('and says before that which variables are probably mistyped', async () => {
    const environment = { LIMIT_DEPHT: '5', SOUK_SUPERGRAPH: join(folder, 'nowhere'), SOUK_DATA_DIR: folder }
    const souk = launchSouk({ environment })
    await souk.ended
    expect(souk.output()).toContain('Nothing here reads LIMIT_DEPHT (did you mean LIMIT_DEPTH?).')
  })

  it("when the data folder is somebody else's, which stays as it is", async () => {
    const theirs = join(folder, 'theirs')
    await mkdir(theirs)
    await writeFile(join(theirs, 'thesis.txt'), 'years of work')

    expect(await refusal({ SOUK_DATA_DIR: theirs })).toEqual(
      onlyLine(
        `Souk cannot start: The data folder ${theirs} holds other things (such as thesis.txt) and is not Souk's. ` +
          'Name an empty or a new folder by SOUK_DATA_DIR.',
      ),
    )
    expect(await readdir(theirs)).toEqual(['thesis.txt'])
  })

  it('when the data folder cannot be written', async () => {
    const { path, reason } = await unwritable()

    expect(await refusal({ SOUK_DATA_DIR: path })).toEqual(
      onlyLine(
        `Souk cannot start: The data folder ${path} cannot be written (${reason}). ` +
          'Make it writable, or name another folder by SOUK_DATA_DIR.',
      ),
    )
  })

  it('when Node is too old', async () => {
    const old =
      'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"18.20.8"}})'

    expect(await refusal({}, ['--import', old])).toEqual(
      onlyLine('Souk needs Node 20.19 or newer, and this is 18.20.8: see nodejs.org.'),
    )
  })
})

/** Modes do not stop root: for it the folder is one of the system's, where nobody can make a file. */
async function unwritable(): Promise<{ path: string; reason: string }> {
  if (process.getuid?.() === 0 && process.platform === 'linux') {
    return { path: '/proc/souk/data', reason: 'the system says ENOENT' }
  }
  const path = join(folder, 'closed', 'data')
  await mkdir(join(folder, 'closed'), { mode: 0o500 })
  return { path, reason: 'permission denied' }
}
