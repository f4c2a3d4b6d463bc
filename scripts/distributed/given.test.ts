import { expect, it } from 'vitest'

import { freePort } from '../servers/free-port.ts'
import { readGivenStores } from './given.ts'

it('what is not named is not asked', async () => {
  expect(await readGivenStores({ MONGODB_URL: '', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nowhere' })).toEqual({})
})

it.each([
  ['MONGODB_URL', 'foo'],
  ['REDIS_URL', 'localhost:6379'],
  ['NATS_URL', 'http://127.0.0.1:4222'],
])('%s=%s is refused, since it is no address', async (variable, value) => {
  await expect(readGivenStores({ [variable]: value })).rejects.toMatchObject({
    name: 'ConfigError',
    message: expect.stringContaining(`${variable} is "${value}": expected`),
  })
})

it.each([
  ['MONGODB_URL', (port: number) => `mongodb://user:secret-word@127.0.0.1:${port}/souk`],
  ['REDIS_URL', (port: number) => `redis://:secret-word@127.0.0.1:${port}`],
  ['NATS_URL', (port: number) => `nats://user:secret-word@127.0.0.1:${port}`],
])('where nobody answers at %s, that is said with what to do, and without its password', async (variable, url) => {
  const asked = readGivenStores({ [variable]: url(await freePort()) })
  await expect(asked).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringMatching(new RegExp(`^What ${variable} names does not answer.*REFUSED`)),
    cure: expect.stringContaining(`correct ${variable}`),
  })
  await expect(asked).rejects.not.toThrow('secret-word')
})
