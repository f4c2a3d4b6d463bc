import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { accessTokenVerifier } from '../../../platform/identity/access-token.ts'
import { databaseWith } from '../../../platform/postgres/database.ts'
import { signingKeys } from './signing-keys.ts'
import { postgresUsersStore } from '../stores/postgres/store.ts'
import { startUsers, type UsersUnderTest } from '../testing/users-under-test.ts'

let souk: UsersUnderTest
beforeAll(async () => {
  souk = await startUsers()
})
afterAll(() => souk.stop())

async function guestToken(): Promise<string> {
  return (await souk.call<{ accessToken: string }>('startGuestSession')).accessToken
}

async function kids(): Promise<(string | undefined)[]> {
  return (await souk.users.jwks()).keys.map(({ kid }) => kid)
}

function verifier() {
  return accessTokenVerifier({ jwks: souk.users.jwks, clock: () => new Date(souk.time.now) })
}

describe('the signing keys', () => {
  it('are one after the first start, however many replicas start together', async () => {
    const database = souk.harness.databaseOf('users')
    await database.query('delete from signing_key')
    const replicas = Array.from({ length: 5 }, () =>
      signingKeys({
        database: databaseWith(database, postgresUsersStore),
        clock: () => new Date(souk.time.now),
        tokensLiveFor: 900_000,
      }),
    )
    await Promise.all(replicas.map((replica) => replica.ensure()))
    expect(await kids()).toHaveLength(1)
    const newest = await Promise.all(replicas.map((replica) => replica.newest()))
    expect(new Set(newest.map(({ kid }) => kid)).size).toBe(1)
  })

  it('show their public halves alone', async () => {
    const { keys } = await souk.users.jwks()
    expect(keys.map((key) => Object.keys(key).toSorted())).toEqual([['alg', 'crv', 'kid', 'kty', 'use', 'x']])
  })

  it('after a rotation: the new one signs, the old one verifies until its last token has expired', async () => {
    const [before] = await kids()
    const verify = verifier()
    souk.time.now += 1_000
    const old = await guestToken()
    await verify(old)
    await souk.users.rotateSigningKey()
    const fresh = await guestToken()
    expect(await kids()).toHaveLength(2)
    await verify(fresh)
    await verifier()(old)
    souk.time.now += 900_000 + 60_000
    expect(await kids()).toHaveLength(1)
    expect(await kids()).not.toContain(before)
  })
})
