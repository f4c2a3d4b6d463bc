import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { guestIdentified, userSignedUp } from '../../contracts/users.ts'
import { accessTokenVerifier } from '../../platform/identity/access-token.ts'
import { newUuid } from '../../platform/ids.ts'
import { goodPassword, startUsers, type UsersUnderTest } from './testing/users-under-test.ts'

interface Session {
  accessToken: string
  refreshToken: string | null
  expiresAt: string
  user: { id: string } | null
}

let souk: UsersUnderTest
beforeAll(async () => {
  souk = await startUsers()
})
afterAll(() => souk.stop())

function verify(token: string) {
  return accessTokenVerifier({ jwks: souk.users.jwks, clock: () => new Date(souk.time.now) })(token)
}

function account(input: Record<string, unknown> = {}) {
  return { email: `${newUuid()}@example.com`, password: goodPassword, name: 'Ada', ...input }
}

/** The answer to three attempts, and how long the quickest took: the one that least else was in the way of. */
async function attempt(input: { email: string; password: string }) {
  const times: number[] = []
  let answer: unknown
  for (let turn = 0; turn < 3; turn += 1) {
    const started = performance.now()
    answer = await souk.call('signIn', { input })
    times.push(performance.now() - started)
  }
  return { answer, took: Math.min(...times) }
}

async function eventsOf(userId: string) {
  await souk.harness.settled()
  const [signedUp, identified] = await Promise.all([
    souk.harness.published(userSignedUp),
    souk.harness.published(guestIdentified),
  ])
  return {
    signedUp: signedUp.filter(({ subject }) => subject === userId).map(({ data }) => data),
    identified: identified.filter(({ subject }) => subject === userId).map(({ data }) => data),
  }
}

describe('a guest session', () => {
  it('is a token of 15 minutes and one to refresh it, with no account', async () => {
    const session = await souk.call<Session>('startGuestSession')
    expect(session).toMatchObject({ user: null, guestCartKept: null, expiresAt: '2026-03-01T12:15:00.000Z' })
    expect(session.refreshToken).toMatch(/^[\w-]{43}$/)
    expect(await verify(session.accessToken)).toMatchObject({ kind: 'guest' })
  })

  it('is another for each visitor, and the same when a guest renews it', async () => {
    const first = await verify((await souk.call<Session>('startGuestSession')).accessToken)
    const second = await verify((await souk.call<Session>('startGuestSession')).accessToken)
    expect(first).not.toEqual(second)
    const renewed = await souk.call<Session>('startGuestSession', {}, first)
    expect(await verify(renewed.accessToken)).toEqual(first)
  })
})

describe('signing up', () => {
  it('makes an account, publishes it, and starts a session whose user can be read', async () => {
    const email = `${newUuid()}@Example.COM `
    const session = await souk.call<Session & { user: { id: string } }>('signUp', { input: account({ email }) })
    expect(session.user).toMatchObject({
      email: email.trim().toLowerCase(),
      name: 'Ada',
      roles: ['SHOPPER'],
      createdAt: '2026-03-01T12:00:00.000Z',
      addresses: [],
    })
    expect(session.expiresAt).toBe('2026-03-01T12:15:00.000Z')
    expect(await verify(session.accessToken)).toEqual({ kind: 'user', id: session.user.id, roles: ['SHOPPER'] })
    expect(await eventsOf(session.user.id)).toEqual({
      signedUp: [{ userId: session.user.id, email: email.trim().toLowerCase(), name: 'Ada' }],
      identified: [],
    })
  })

  it('gives the guest to the account, and the session remembers it through every refresh', async () => {
    const guest = await souk.call<Session>('startGuestSession')
    const guestId = decodeJwt(guest.accessToken).sub
    const session = await souk.call<Session & { user: { id: string } }>('signUp', {
      input: account({ guestToken: guest.accessToken }),
    })
    expect(await verify(session.accessToken)).toMatchObject({ guestId })
    expect((await eventsOf(session.user.id)).identified).toEqual([{ guestId, userId: session.user.id }])
    const refreshed = await souk.call<Session>('refreshSession', { refreshToken: session.refreshToken })
    expect(await verify(refreshed.accessToken)).toMatchObject({ guestId, id: session.user.id })
  })

  it('is refused for an e-mail address that has an account, also when two sign up at once', async () => {
    const input = account()
    const both = await Promise.all([souk.call('signUp', { input }), souk.call('signUp', { input })])
    expect(both.map(({ __typename }) => __typename).toSorted()).toEqual(['Refused', 'Session'])
    const shouted = { ...input, email: input.email.toUpperCase() }
    expect(await souk.call('signUp', { input: shouted })).toMatchObject({ code: 'EMAIL_TAKEN' })
  })

  it.each([
    ['email', { email: 'nobody' }],
    ['email', { email: `${'a'.repeat(250)}@example.com` }],
    ['email', { email: '' }],
    ['password', { password: 'short' }],
    ['password', { password: 'x'.repeat(129) }],
    ['password', { password: 'Password123' }],
    ['name', { name: '   ' }],
    ['name', { name: 'x'.repeat(101) }],
    ['name', { name: 'Ada\u0007' }],
    ['name', { name: '\u200b' }],
    ['name', { name: '\u2800' }],
    ['name', { name: '\u3164' }],
    ['name', { name: 'Ada\u202e' }],
    ['name', { name: '\ud800' }],
    ['name', { name: '!' }],
    ['email', { email: 'a\u200bda@example.com' }],
    ['email', { email: 'ada\u202e@example.com' }],
    ['password', { password: '        ' }],
    ['password', { password: '\u200b'.repeat(8) }],
    ['password', { name: 'Ada Lovelace', password: 'adalovelace' }],
  ])('is refused with the field of what is wrong: %s', async (field, wrong) => {
    const answer = await souk.call('signUp', { input: account(wrong) })
    expect(answer).toMatchObject({ __typename: 'InvalidInput', code: 'INVALID_INPUT', field })
  })

  it.each(['an expired', 'a forged', 'a nonsensical', 'an endless', "a user's"])(
    'goes on with %s token in place of a guest token, and says that no cart came along',
    async (kind) => {
      const guestToken = await badGuestToken(kind)
      const signUp = await souk.call<Session>('signUp', { input: account({ guestToken }) })
      expect(signUp).toMatchObject({ __typename: 'Session', guestCartKept: false })
      expect(await verify(signUp.accessToken)).not.toHaveProperty('guestId', expect.anything())
      const { email } = await souk.member()
      const signIn = await souk.call('signIn', { input: { email, password: goodPassword, guestToken } })
      expect(signIn).toMatchObject({ __typename: 'Session', guestCartKept: false })
    },
  )
})

async function badGuestToken(kind: string): Promise<string> {
  const { accessToken } = await souk.call<Session>('startGuestSession')
  switch (kind) {
    case 'an expired':
      souk.time.now += 15 * 60_000
      return accessToken
    case 'a forged':
      return accessToken.replace(/.{10}$/, 'AAAAAAAAAA')
    case "a user's":
      return (await souk.member()).accessToken
    default:
      return kind === 'an endless' ? 'x'.repeat(100_000) : 'nonsense'
  }
}

describe('signing in', () => {
  it('starts a session of the account, however its address and accents are typed', async () => {
    const { email, viewer } = await souk.member({ password: 'caf\u00e9 au lait' })
    const input = { email: ` ${email.toUpperCase()}`, password: 'cafe\u0301 au lait' }
    const session = await souk.call<Session>('signIn', { input })
    expect(session.user).toMatchObject({ id: viewer.id })
  })

  it('gives the guest to the account', async () => {
    const { email, viewer } = await souk.member()
    const { accessToken: guestToken } = await souk.call<Session>('startGuestSession')
    const session = await souk.call<Session>('signIn', { input: { email, password: goodPassword, guestToken } })
    const guestId = decodeJwt(guestToken).sub
    expect(await verify(session.accessToken)).toMatchObject({ id: viewer.id, guestId })
    expect((await eventsOf(viewer.id)).identified).toEqual([{ guestId, userId: viewer.id }])
  })

  it('answers a wrong password and an unknown address alike, after the same work', async () => {
    const { email } = await souk.member()
    const wrong = await attempt({ email, password: 'not the password' })
    const unknown = await attempt({ email: `${newUuid()}@example.com`, password: 'not the password' })
    expect(wrong.answer).toMatchObject({ __typename: 'Refused', code: 'WRONG_CREDENTIALS' })
    expect(unknown.answer).toEqual(wrong.answer)
    // One hash takes tens of milliseconds, all else a few.
    expect(unknown.took).toBeGreaterThan(wrong.took / 4)
  })

  it.each([
    ['email', { email: 'nobody', password: goodPassword }],
    ['password', { email: 'a@example.com', password: '' }],
  ])('is refused with the field of what is wrong: %s', async (field, input) => {
    expect(await souk.call('signIn', { input })).toMatchObject({ __typename: 'InvalidInput', field })
  })
})
