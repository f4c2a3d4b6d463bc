import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { misspellings } from '../../../platform/identity/testing/misspellings.ts'
import { goodPassword, startUsers, type UsersUnderTest } from '../testing/users-under-test.ts'

interface Session {
  __typename: string
  accessToken: string
  refreshToken: string
}

const day = 86_400_000
const ended = { __typename: 'Refused', code: 'SESSION_EXPIRED' }

let souk: UsersUnderTest
beforeAll(async () => {
  souk = await startUsers()
})
afterAll(() => souk.stop())

function refresh(refreshToken: string): Promise<Session> {
  return souk.call<Session>('refreshSession', { refreshToken })
}

/** Moves the moment at which the token was used out of the grace, by the clock that counts: the database's. */
async function graceIsOver(refreshToken: string): Promise<void> {
  const { rowCount } = await souk.harness
    .databaseOf('users')
    .query(`update refresh_token set exchanged_at = exchanged_at - interval '11 s' where hash = sha256($1)`, [
      Buffer.from(refreshToken),
    ])
  expect(rowCount).toBe(1)
}

describe('a refresh token', () => {
  it('is exchanged for a new session once, and its successor again', async () => {
    const { refreshToken, accessToken, viewer } = await souk.member()
    const second = await refresh(refreshToken)
    expect(second).toMatchObject({ __typename: 'Session', user: { id: viewer.id } })
    expect(second.refreshToken).not.toBe(refreshToken)
    expect(second.accessToken).not.toBe(accessToken)
    expect((await refresh(second.refreshToken)).__typename).toBe('Session')
  })

  it('used again later ends its whole family, and no other session of the user', async () => {
    const { refreshToken, email } = await souk.member()
    const second = await refresh(refreshToken)
    await graceIsOver(refreshToken)
    const elsewhere = await souk.call<Session>('signIn', { input: { email, password: goodPassword } })
    expect(await refresh(refreshToken)).toMatchObject(ended)
    expect(await refresh(second.refreshToken)).toMatchObject(ended)
    expect((await refresh(elsewhere.refreshToken)).__typename).toBe('Session')
  })

  it('of before the last ends the family however soon it is used again', async () => {
    const { refreshToken, email } = await souk.member()
    const elsewhere = await souk.call<Session>('signIn', { input: { email, password: goodPassword } })
    const second = await refresh(refreshToken)
    const third = await refresh(second.refreshToken)
    expect(await refresh(refreshToken)).toMatchObject(ended)
    expect(await refresh(third.refreshToken)).toMatchObject(ended)
    expect((await refresh(elsewhere.refreshToken)).__typename).toBe('Session')
  })

  it('used twenty times at once gives one successor, which is good', async () => {
    const { refreshToken, viewer } = await souk.member()
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)))
    const [successor, ...others] = new Set(answers.map(({ refreshToken: next }) => next))
    expect(others).toEqual([])
    expect(answers[19]).toMatchObject({ __typename: 'Session', user: { id: viewer.id } })
    expect((await refresh(successor ?? '')).__typename).toBe('Session')
  })

  it('that was just used brings nothing once its session was ended', async () => {
    const { refreshToken } = await souk.member()
    const { refreshToken: next } = await refresh(refreshToken)
    expect(await souk.call('signOut', { refreshToken: next })).toBe(true)
    expect(await refresh(refreshToken)).toMatchObject(ended)
  })

  it('works strictly once where there is no grace', async () => {
    const strict = await startUsers({ REFRESH_GRACE_SECONDS: 0 })
    try {
      const { refreshToken } = await strict.member()
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => strict.call<Session>('refreshSession', { refreshToken })),
      )
      expect(answers.filter(({ __typename }) => __typename === 'Session')).toHaveLength(1)
    } finally {
      await strict.stop()
    }
  })

  it('lives 30 days from the last refresh', async () => {
    const { refreshToken } = await souk.member()
    souk.time.now += 29 * day
    const second = await refresh(refreshToken)
    souk.time.now += 30 * day - 1
    const third = await refresh(second.refreshToken)
    expect(third.__typename).toBe('Session')
    souk.time.now += 30 * day
    expect(await refresh(third.refreshToken)).toMatchObject(ended)
  })

  it.each(['', 'nonsense', 'x'.repeat(100_000), '\0', '\ud800'])(
    'that nobody gave out opens nothing',
    async (unknown) => {
      expect(await refresh(unknown)).toMatchObject(ended)
      expect(await souk.call('signOut', { refreshToken: unknown })).toBe(false)
    },
  )

  it('is good in the one spelling in which it was given', async () => {
    const { refreshToken } = await souk.member()
    for (const [how, other] of misspellings(refreshToken)) expect(await refresh(other), how).toMatchObject(ended)
    expect((await refresh(refreshToken)).__typename).toBe('Session')
  })

  it('is kept as a hash only, and its successor neither', async () => {
    const { refreshToken } = await souk.member()
    const { refreshToken: next } = await refresh(refreshToken)
    const database = souk.harness.databaseOf('users')
    const [tokens, families] = await Promise.all([
      database.query<{ text: string }>('select refresh_token::text as text from refresh_token'),
      database.query<{ text: string }>('select token_family::text as text from token_family'),
    ])
    const all = [...tokens.rows, ...families.rows].map(({ text }) => text).join()
    expect(all.length).toBeGreaterThan(0)
    for (const token of [refreshToken, next]) {
      expect(all).not.toContain(token)
      expect(all).not.toContain(Buffer.from(token, 'base64url').toString('hex'))
    }
  })
})

describe('signing out', () => {
  it('ends the session, once', async () => {
    const { refreshToken } = await souk.member()
    expect(await souk.call('signOut', { refreshToken })).toBe(true)
    expect(await souk.call('signOut', { refreshToken })).toBe(false)
    expect(await refresh(refreshToken)).toMatchObject(ended)
  })

  it('ends it by a token that was exchanged already, too', async () => {
    const { refreshToken } = await souk.member()
    const next = await refresh(refreshToken)
    expect(await souk.call('signOut', { refreshToken })).toBe(true)
    expect(await refresh(next.refreshToken)).toMatchObject(ended)
  })

  it('finds nothing alive in a session that has expired', async () => {
    const { refreshToken } = await souk.member()
    souk.time.now += 30 * day
    expect(await souk.call('signOut', { refreshToken })).toBe(false)
  })
})

describe('a guest', () => {
  function guest(): Promise<Session> {
    return souk.call<Session>('startGuestSession')
  }

  it('comes back within 30 days as the same guest, however long ago the access token expired', async () => {
    const first = await guest()
    const id = decodeJwt(first.accessToken).sub
    souk.time.now += 29 * day
    const second = await refresh(first.refreshToken)
    expect(second).toMatchObject({ __typename: 'Session', user: null, guestCartKept: null })
    expect(decodeJwt(second.accessToken)).toMatchObject({ kind: 'guest', sub: id })
    souk.time.now += 29 * day
    expect(decodeJwt((await refresh(second.refreshToken)).accessToken).sub).toBe(id)
  })

  it('who does not come back is forgotten', async () => {
    const { refreshToken } = await guest()
    souk.time.now += 30 * day
    expect(await refresh(refreshToken)).toMatchObject(ended)
  })

  it('can end the session', async () => {
    const { refreshToken } = await guest()
    expect(await souk.call('signOut', { refreshToken })).toBe(true)
    expect(await refresh(refreshToken)).toMatchObject(ended)
  })

  it('is no guest any more after signing in', async () => {
    const { email } = await souk.member()
    const { accessToken: guestToken, refreshToken } = await guest()
    const signedIn = await souk.call<Session>('signIn', { input: { email, password: goodPassword, guestToken } })
    expect(await refresh(refreshToken)).toMatchObject(ended)
    expect((await refresh(signedIn.refreshToken)).__typename).toBe('Session')
  })
})
