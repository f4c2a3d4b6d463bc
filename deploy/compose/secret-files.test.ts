import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { secretFiles, type Reader } from './secret-files.ts'
import { writeSecrets } from './write-secrets.ts'

const secrets = secretFiles([{ name: 'cart', port: 4004 }], (of) => `<${of}>`)

function fileOf(reader: string, file: string): string {
  return secrets[reader]?.files[file] ?? ''
}

describe('what is secret', () => {
  it('is told to whom it is for, under a user of its own', () => {
    expect(secrets.cart?.user).toBe(14_004)
    expect(Object.keys(secrets.cart?.files ?? {})).toEqual([
      'database-url',
      'nats-url',
      'redis-url',
      'proposal-secret',
      'passport-public-key',
    ])
  })

  it('is the same for the two who share it', () => {
    expect(fileOf('cart', 'database-url')).toBe('postgres://cart:<postgres cart>@postgres:5432/souk_cart')
    expect(JSON.parse(fileOf('databases', 'owners.json'))).toEqual({ cart: '<postgres cart>' })
  })

  it('lets nobody sign passports but the gateway', () => {
    const holders = Object.entries(secrets).filter(([, { files }]) =>
      Object.values(files).join().includes('PRIVATE KEY'),
    )
    expect(holders.map(([name]) => name)).toEqual(['gateway'])
  })

  it('gives Redis no user without a password, and none all keys but the seed', () => {
    const users = fileOf('redis', 'users.acl').trim().split('\n')
    expect(users[0]).toBe('user default off')
    expect(users.slice(1).every((user) => /^user \w+ on #[0-9a-f]{64} /.test(user))).toBe(true)
    expect(users.filter((user) => user.includes(' ~* ')).map((user) => user.split(' ')[1])).toEqual(['seed'])
  })
})

describe('the folder of secrets', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'souk-secrets-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const user = process.getuid?.() ?? 0
  const readers = (password: string): Record<string, Reader> => ({ cart: { user, files: { 'nats-url': password } } })

  it('is written whole, over what a run left that died, and is then kept', async () => {
    await mkdir(join(folder, 'draft', 'orders'), { recursive: true })
    await writeFile(join(folder, 'draft', 'orders', 'nats-url'), 'half')

    expect(await writeSecrets(folder, readers('first'))).toBe(true)
    expect(await writeSecrets(folder, readers('second'))).toBe(false)
    expect(await readdir(folder)).toEqual(['of'])
    expect(await readFile(join(folder, 'of', 'cart', 'nats-url'), 'utf8')).toBe('first')
  })

  it('is open to nobody but the reader', async () => {
    const modes = await Promise.all(
      ['of/cart', 'of/cart/nats-url'].map(async (path) => ((await stat(join(folder, path))).mode & 0o777).toString(8)),
    )
    expect(modes).toEqual(['500', '400'])
  })
})
