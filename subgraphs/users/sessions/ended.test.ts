import { afterEach, describe, expect, it } from 'vitest'

import { asError } from '../../../platform/errors.ts'
import { accessTokenVerifier } from '../../../platform/identity/access-token.ts'
import type { EndedSession, HasEnded } from '../../../platform/identity/ended-sessions.ts'
import { memoryEndedSessions } from '../../../platform/identity/memory-ended-sessions.ts'
import { goodPassword, startUsers, type UsersUnderTest } from '../testing/users-under-test.ts'

interface Session {
  readonly accessToken: string
  readonly refreshToken: string
}

const minute = 60_000

let souk: UsersUnderTest
afterEach(() => souk.stop())

async function start(...given: Parameters<typeof startUsers>): Promise<void> {
  souk = await startUsers(...given)
}

/** What a gateway says to the token: `good`, or why it is not. */
function gatewaySays(token: string, hasEnded: HasEnded = souk.harness.hasEnded): Promise<string> {
  const identify = accessTokenVerifier({ jwks: souk.users.jwks, clock: () => new Date(souk.time.now), hasEnded })
  return identify(token).then(
    () => 'good',
    (thrown: unknown) => asError(thrown).message,
  )
}

const refused = 'The access token has expired.'

describe('the access token', () => {
  it('of a session that is signed out is good for nothing at once, and those of its owner elsewhere still are', async () => {
    await start()
    const { email, refreshToken, accessToken } = await souk.member()
    const { accessToken: refreshed, refreshToken: next } = await souk.call<Session>('refreshSession', { refreshToken })
    const elsewhere = await souk.call<Session>('signIn', { input: { email, password: goodPassword } })
    expect(await Promise.all([accessToken, refreshed].map((token) => gatewaySays(token)))).toEqual(['good', 'good'])
    await souk.call('signOut', { refreshToken: next })
    expect(await Promise.all([accessToken, refreshed].map((token) => gatewaySays(token)))).toEqual([refused, refused])
    expect(await gatewaySays(elsewhere.accessToken)).toBe('good')
  })

  it('of a session whose refresh token two parties hold is good for nothing either', async () => {
    await start({ REFRESH_GRACE_SECONDS: 0 })
    const { refreshToken, accessToken } = await souk.member()
    const thief = await souk.call<Session>('refreshSession', { refreshToken })
    expect(await gatewaySays(thief.accessToken)).toBe('good')
    await souk.call('refreshSession', { refreshToken })
    expect(await gatewaySays(thief.accessToken)).toBe(refused)
    expect(await gatewaySays(accessToken)).toBe(refused)
  })

  it('of twenty tabs that refresh at the same moment is good in each', async () => {
    await start()
    const { refreshToken } = await souk.member()
    const tabs = await Promise.all(
      Array.from({ length: 20 }, () => souk.call<Session>('refreshSession', { refreshToken })),
    )
    const said = await Promise.all(tabs.map(({ accessToken }) => gatewaySays(accessToken)))
    expect(new Set(said)).toEqual(new Set(['good']))
  })

  it('of a guest ends when the guest signs in, and that of another guest does not', async () => {
    await start()
    const [guest, other] = [
      await souk.call<Session>('startGuestSession'),
      await souk.call<Session>('startGuestSession'),
    ]
    const { email } = await souk.member()
    const guestToken = guest.accessToken
    const user = await souk.call<Session>('signIn', { input: { email, password: goodPassword, guestToken } })
    expect(await gatewaySays(guestToken)).toBe(refused)
    expect(await gatewaySays(other.accessToken)).toBe('good')
    expect(await gatewaySays(user.accessToken)).toBe('good')
  })
})

/** Announcements as they arrive; none does while it is away. */
function announcements() {
  const announced: EndedSession[][] = []
  const waiting: (() => void)[] = []
  const world = { away: false }
  return {
    world,
    announced,
    next: () => new Promise<void>((resolve) => waiting.push(resolve)),
    announce(sessions: readonly EndedSession[]): Promise<void> {
      if (world.away) return Promise.reject(new Error('Redis is away'))
      announced.push([...sessions])
      for (const resolve of waiting.splice(0)) resolve()
      return Promise.resolve()
    },
  }
}

describe('an announcement', () => {
  it('that fails keeps nobody signed in, and is made again by itself until it succeeds', async () => {
    const { world, announced, announce, next } = announcements()
    await start({}, { announceEnded: announce })
    const { refreshToken } = await souk.member()
    world.away = true
    expect(await souk.call('signOut', { refreshToken })).toBe(true)
    expect(announced).toEqual([])
    world.away = false
    await next()
    expect(announced).toMatchObject([[{ forgetAt: new Date(souk.time.now + 16 * minute) }]])
  })

  it('that a crash swallowed is made by whoever starts next, before anybody is served', async () => {
    await start({}, { announceEnded: () => Promise.reject(new Error('killed')) })
    const { refreshToken, accessToken } = await souk.member()
    await souk.call('signOut', { refreshToken })
    const { announce, hasEnded } = memoryEndedSessions(() => new Date(souk.time.now))
    const database = souk.harness.databaseOf('users')
    await souk.harness.add('users', {
      as: 'users, started again',
      announceEnded: announce,
      given: (own) => ({ ...own, database, clock: () => new Date(souk.time.now) }),
    })
    expect(await gatewaySays(accessToken, hasEnded)).toBe(refused)
  })

  it('is made again as long as a token may be good, also of a guest whose session would be over', async () => {
    const { announced, announce, next } = announcements()
    // A session that lives for a minute and a half, and tokens that live longer.
    await start({ REFRESH_TOKEN_DAYS: 0.001 }, { announceEnded: announce })
    const { refreshToken, accessToken } = await souk.call<Session>('startGuestSession')
    await souk.call('signOut', { refreshToken })
    souk.time.now += 14 * minute
    await souk.users.stop()
    announced.length = 0
    await souk.users.start()
    expect(announced).toHaveLength(1)
    expect(await gatewaySays(accessToken, () => false)).toBe('good')
    await next()
    souk.time.now += 3 * minute
    announced.length = 0
    await souk.users.stop()
    await souk.users.start()
    expect(announced).toEqual([])
  })
})
