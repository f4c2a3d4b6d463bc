import { describe, expect, it } from 'vitest'

import { userSignedUp } from '../../contracts/users.ts'
import { newUuid } from '../../platform/ids.ts'
import type { ImportedUser } from './import-users.ts'
import { goodPassword, startUsers, type UsersUnderTest } from './testing/users-under-test.ts'

const demo: ImportedUser = {
  id: newUuid(),
  email: 'shopper@souk.test',
  password: 'souk-demo-shopper',
  name: 'Sam Shopper',
  roles: ['SHOPPER', 'STAFF'],
  createdAt: new Date('2010-12-01T00:00:00Z'),
  addresses: ['London', 'Leeds'].map((city) => ({
    id: newUuid(),
    recipient: 'Sam Shopper',
    line1: '1 Market Street',
    line2: null,
    city,
    postcode: 'EC1A 1BB',
    country: 'GB',
  })),
}

async function withUsers(config: Parameters<typeof startUsers>[0], test: (souk: UsersUnderTest) => Promise<void>) {
  const souk = await startUsers(config)
  try {
    await test(souk)
  } finally {
    await souk.stop()
  }
}

function signIn(souk: UsersUnderTest) {
  return souk.call('signIn', { input: { email: demo.email, password: demo.password } })
}

describe('importing accounts', () => {
  it('makes each once, with its addresses, publishes it once, and lets it sign in', () =>
    withUsers({}, async (souk) => {
      expect(await souk.users.importUsers([demo])).toBe(1)
      expect(await souk.users.importUsers([demo, { ...demo, id: newUuid() }])).toBe(0)
      expect(await signIn(souk)).toMatchObject({
        user: {
          id: demo.id,
          roles: ['SHOPPER', 'STAFF'],
          createdAt: '2010-12-01T00:00:00.000Z',
          addresses: [{ city: 'London' }, { city: 'Leeds' }],
        },
      })
      await souk.harness.settled()
      expect((await souk.harness.published(userSignedUp)).map(({ data }) => data.userId)).toEqual([demo.id])
    }))
})

describe('in production', () => {
  it('no demo account is made, signs up, signs in or goes on', () =>
    withUsers({ NODE_ENV: 'production' }, async (souk) => {
      await expect(souk.users.importUsers([demo])).rejects.toThrow('production')
      const input = { email: demo.email, password: goodPassword, name: 'Sam' }
      expect(await souk.call('signUp', { input })).toMatchObject({ field: 'email' })

      const { email, refreshToken } = await souk.member()
      const database = souk.harness.databaseOf('users')
      // As when a shop that was tried out is opened for good.
      await database.query('update account set email = $2 where email = $1', [email, demo.email])
      expect(await souk.call('signIn', { input: { email: demo.email, password: goodPassword } })).toMatchObject({
        code: 'WRONG_CREDENTIALS',
      })
      expect(await souk.call('refreshSession', { refreshToken })).toMatchObject({ code: 'SESSION_EXPIRED' })
    }))
})
