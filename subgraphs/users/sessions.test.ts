import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { goodPassword, startUsers, type UsersUnderTest } from './testing/users-under-test.ts'

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

describe('a refresh token', () => {
  it('is exchanged for a new session once, and its successor again', async () => {
    const { refreshToken, accessToken, viewer } = await souk.member()
    const second = await refresh(refreshToken)
    expect(second).toMatchObject({ __typename: 'Session', user: { id: viewer.id } })
    expect(second.refreshToken).not.toBe(refreshToken)
    expect(second.accessToken).not.toBe(accessToken)
    expect((await refresh(second.refreshToken)).__typename).toBe('Session')
  })

  it('used twice ends its whole family, and no other session of the user', async () => {
    const { refreshToken, email } = await souk.member()
    const elsewhere = await souk.call<Session>('signIn', { input: { email, password: goodPassword } })
    const second = await refresh(refreshToken)
    const third = await refresh(second.refreshToken)
    expect(await refresh(refreshToken)).toMatchObject(ended)
    expect(await refresh(third.refreshToken)).toMatchObject(ended)
    expect((await refresh(elsewhere.refreshToken)).__typename).toBe('Session')
  })

  it('used many times at once gives one session at most, and then its family is at an end', async () => {
    const { refreshToken } = await souk.member()
    const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(refreshToken)))
    const sessions = answers.filter(({ __typename }) => __typename === 'Session')
    expect(sessions).toHaveLength(1)
    for (const { refreshToken: next } of sessions) expect(await refresh(next)).toMatchObject(ended)
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

  it.each(['', 'nonsense', 'x'.repeat(100_000)])('that nobody gave out opens nothing', async (unknown) => {
    expect(await refresh(unknown)).toMatchObject(ended)
    expect(await souk.call('signOut', { refreshToken: unknown })).toBe(false)
  })

  it('is kept as a hash only', async () => {
    const { refreshToken } = await souk.member()
    const { rows } = await souk.harness
      .databaseOf('users')
      .query<{ text: string }>('select refresh_token::text as text from refresh_token')
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.some(({ text }) => text.includes(refreshToken))).toBe(false)
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
