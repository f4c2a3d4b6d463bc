import { describe, expect, it } from 'vitest'

import { createAccount } from './account.ts'
import { authorizedFetch } from './authorized-fetch.ts'
import { sessionOperations } from './session-operations.ts'
import { browserTabs, type Tabs } from './tabs.ts'

const start = Date.parse('2026-01-01T00:00:00Z')
const quarterHour = 15 * 60_000

interface Asked {
  name: string
  variables: Record<string, unknown>
  authorization: string | null
}

/** Accounts that share a storage, as tabs do, whose graph answers each mutation by `answers`, the latest of which is repeated. */
function givenAccount(answers: Record<string, unknown[]> = {}, tabs?: Tabs) {
  const asked: Asked[] = []
  const kept = new Map<string, string>()
  const clock = { now: start }

  const graph: typeof fetch = async (url, init) => {
    const request = new Request(url, init)
    const { query, variables } = (await request.json()) as { query: string; variables: Record<string, unknown> }
    const name = /\w+ (\w+)/.exec(query)?.[1] ?? ''
    asked.push({ name, variables, authorization: request.headers.get('authorization') })
    const queue = answers[name] ?? []
    const answer = queue.length > 1 ? queue.shift() : queue[0]
    return answer instanceof Response ? answer : Response.json({ data: { result: answer } })
  }
  const deps = {
    operations: sessionOperations({ url: 'http://souk.test/graphql', fetch: graph }),
    storage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    },
    now: () => clock.now,
    ...(tabs && { tabs }),
  }
  const account = createAccount(deps)
  const send = authorizedFetch({ account, fetch: graph })
  const ask = (headers?: Record<string, string>) =>
    send('http://souk.test/graphql', {
      method: 'POST',
      body: JSON.stringify({ query: 'query Me { me }' }),
      ...(headers && { headers }),
    })
  return { account, asked, clock, ask, reload: () => createAccount(deps) }
}

function granted(token: string, lastsMs = quarterHour) {
  const expiresAt = new Date(start + lastsMs).toISOString()
  const user = { name: 'Ada', email: 'ada@souk.test', roles: ['SHOPPER'] }
  return { accessToken: token, refreshToken: `${token}-refresh`, expiresAt, user }
}

const guest = { ...granted('guest'), user: null }
const credentials = { email: 'ada@souk.test', password: 'a password' }
const refused = { code: 'WRONG_CREDENTIALS', message: 'E-mail or password is wrong.' }

describe('an account in the page', () => {
  it('begins as a visitor, whose requests carry no token', async () => {
    const { account, asked, ask } = givenAccount()
    await ask()
    expect(account.state().session.kind).toBe('visitor')
    expect(asked).toEqual([expect.objectContaining({ name: 'Me', authorization: null })])
  })

  it('signs in, and its requests carry the token', async () => {
    const { account, asked, ask } = givenAccount({ SignIn: [granted('first')] })
    await account.signIn(credentials)
    await ask()
    expect(account.state()).toMatchObject({
      session: { kind: 'user', user: { name: 'Ada' } },
      busy: false,
      notice: null,
    })
    expect(asked.at(-1)?.authorization).toBe('Bearer first')
  })

  it('hands its guest token over at the sign-in, so that the cart is kept', async () => {
    const { account, asked } = givenAccount({ StartGuestSession: [guest], SignIn: [granted('first')] })
    await account.becomeGuest()
    await account.signIn(credentials)
    expect(asked.at(-1)?.variables).toEqual({ input: { ...credentials, guestToken: 'guest' } })
  })

  it('renews a guest token that is about to end before it hands it over', async () => {
    const renewed = { ...guest, accessToken: 'guest again', expiresAt: new Date(start + 2 * quarterHour).toISOString() }
    const answers = { StartGuestSession: [guest], RefreshSession: [renewed], SignIn: [granted('first')] }
    const { account, asked, clock } = givenAccount(answers)
    await account.becomeGuest()
    clock.now += quarterHour
    await account.signIn(credentials)
    expect(asked.at(-1)?.variables).toEqual({ input: { ...credentials, guestToken: 'guest again' } })
  })

  it('says so when the cart did not come along', async () => {
    const session = { ...granted('first'), guestCartKept: false }
    const { account } = givenAccount({ StartGuestSession: [guest], SignIn: [session] })
    await account.becomeGuest()
    await account.signIn(credentials)
    expect(account.state()).toMatchObject({
      session: { kind: 'user' },
      notice: 'The cart of before could not be kept.',
    })
  })

  it('stays who it was when a sign-in is refused, and says why', async () => {
    const { account, asked } = givenAccount({ SignIn: [granted('first'), refused] })
    await account.signIn(credentials)
    await account.signIn({ ...credentials, password: 'wrong' })
    expect(account.state()).toMatchObject({ session: { accessToken: 'first' }, busy: false, notice: refused.message })
    expect(asked.map(({ name }) => name)).not.toContain('SignOut')
  })

  it('says why when the graph fails', async () => {
    const failure = Response.json({ errors: [{ message: 'users is not available' }] }, { status: 500 })
    const { account } = givenAccount({ SignIn: [failure] })
    await account.signIn(credentials)
    expect(account.state()).toMatchObject({
      session: { kind: 'visitor' },
      busy: false,
      notice: 'users is not available',
    })
  })

  it('signs the old session out when it becomes somebody else', async () => {
    const { account, asked } = givenAccount({ SignIn: [granted('first')], SignOut: [true] })
    await account.signIn(credentials)
    await account.becomeVisitor()
    expect(asked.at(-1)).toMatchObject({ name: 'SignOut', variables: { refreshToken: 'first-refresh' } })
    expect(account.state().session.kind).toBe('visitor')
  })

  it('is the same after a reload of the page, and forgotten after it left', async () => {
    const { account, reload } = givenAccount({ SignIn: [granted('first')], SignOut: [true] })
    await account.signIn(credentials)
    expect(reload().state().session).toEqual(account.state().session)
    await account.becomeVisitor()
    expect(reload().state().session.kind).toBe('visitor')
  })
})

describe('renewing a token', () => {
  const later = granted('second', 2 * quarterHour)

  it('happens once before it ends, however many requests wait for it', async () => {
    const { account, asked, clock, ask } = givenAccount({ SignIn: [granted('first')], RefreshSession: [later] })
    await account.signIn(credentials)
    clock.now += quarterHour - 30_000
    await Promise.all([ask(), ask(), ask()])
    expect(asked.filter(({ name }) => name === 'RefreshSession')).toHaveLength(1)
    expect(asked.filter(({ name }) => name === 'Me').map(({ authorization }) => authorization)).toEqual(
      Array(3).fill('Bearer second'),
    )
  })

  it('happens after a 401, and the request is sent once more', async () => {
    const unauthorized = Response.json({ errors: [{ message: 'The token is not valid' }] }, { status: 401 })
    const answers = { SignIn: [granted('first')], Me: [unauthorized, null], RefreshSession: [later] }
    const { account, asked, ask } = givenAccount(answers)
    await account.signIn(credentials)
    const response = await ask()
    expect(response.status).toBe(200)
    expect(asked.map(({ name }) => name)).toEqual(['SignIn', 'Me', 'RefreshSession', 'Me'])
  })

  it('makes a visitor of whoever is refused, and says why', async () => {
    const ended = { code: 'SESSION_EXPIRED', message: 'The session has ended.' }
    const { account, clock, ask, asked } = givenAccount({ SignIn: [granted('first')], RefreshSession: [ended] })
    await account.signIn(credentials)
    clock.now += 2 * quarterHour
    await ask()
    expect(account.state()).toMatchObject({ session: { kind: 'visitor' }, notice: ended.message })
    expect(asked.at(-1)).toMatchObject({ name: 'Me', authorization: null })
  })

  it('goes on for a guest who comes back after hours', async () => {
    const renewed = {
      ...guest,
      accessToken: 'guest again',
      expiresAt: new Date(start + 40 * quarterHour).toISOString(),
    }
    const { account, clock, ask, asked } = givenAccount({ StartGuestSession: [guest], RefreshSession: [renewed] })
    await account.becomeGuest()
    clock.now += 20 * quarterHour
    await ask()
    expect(asked.at(-2)).toMatchObject({ name: 'RefreshSession', variables: { refreshToken: 'guest-refresh' } })
    expect(asked.at(-1)).toMatchObject({ name: 'Me', authorization: 'Bearer guest again' })
    expect(account.state().session.kind).toBe('guest')
  })

  it('does not undo a sign-in that came while it was under way', async () => {
    const { account, clock, ask } = givenAccount({
      SignIn: [granted('first'), granted('third', 4 * quarterHour)],
      RefreshSession: [later],
    })
    await account.signIn(credentials)
    clock.now += quarterHour
    await Promise.all([ask(), account.signIn(credentials)])
    expect(account.state().session).toMatchObject({ accessToken: 'third' })
  })

  it('leaves an authorization header alone that somebody wrote into the editor', async () => {
    const { account, asked, ask } = givenAccount({ SignIn: [granted('first')] })
    await account.signIn(credentials)
    await ask({ authorization: 'Bearer mine' })
    expect(asked.at(-1)?.authorization).toBe('Bearer mine')
  })
})

/** A browser's locks and storage events, for accounts of one page each. */
function browser() {
  const listeners: ((event: { key: string | null }) => void)[] = []
  let last: Promise<unknown> = Promise.resolve()
  const locks = {
    request: (_name: string, work: () => Promise<unknown>) => {
      const mine = last.then(work)
      last = mine.catch(() => undefined)
      return mine
    },
  }
  const window = {
    navigator: { locks },
    addEventListener: (_type: 'storage', listener: (event: { key: string | null }) => void) => listeners.push(listener),
  }
  return {
    // Of the window only these two are used.
    tabs: browserTabs(window as unknown as Window & typeof globalThis),
    storageChanged: () => {
      for (const listener of listeners) listener({ key: 'souk:session' })
    },
  }
}

describe('two tabs of one browser', () => {
  const later = granted('second', 2 * quarterHour)
  const answers = () => ({ SignIn: [granted('first')], RefreshSession: [later], SignOut: [true] })

  it('renew their session once between them', async () => {
    const { tabs } = browser()
    const { account, reload, asked, clock } = givenAccount(answers(), tabs)
    await account.signIn(credentials)
    const other = reload()
    clock.now += quarterHour
    expect(await Promise.all([account.accessToken(), other.accessToken()])).toEqual(['second', 'second'])
    expect(asked.filter(({ name }) => name === 'RefreshSession')).toHaveLength(1)
  })

  it('take over what the other has renewed when their own token is refused', async () => {
    const { tabs } = browser()
    const { account, reload, asked, clock } = givenAccount(answers(), tabs)
    await account.signIn(credentials)
    const other = reload()
    clock.now += quarterHour
    await account.accessToken()
    expect(await other.renew('first')).toBe('second')
    expect(asked.filter(({ name }) => name === 'RefreshSession')).toHaveLength(1)
  })

  it('follow each other in and out', async () => {
    const { tabs, storageChanged } = browser()
    const { account, reload } = givenAccount(answers(), tabs)
    const other = reload()
    await account.signIn(credentials)
    storageChanged()
    expect(other.state().session).toMatchObject({ kind: 'user', accessToken: 'first' })
    await other.becomeVisitor()
    storageChanged()
    expect(account.state().session.kind).toBe('visitor')
  })

  it('go on where the browser has no locks', async () => {
    const tabs = browserTabs({ navigator: {}, addEventListener: () => undefined } as unknown as Window &
      typeof globalThis)
    const { account, clock } = givenAccount(answers(), tabs)
    await account.signIn(credentials)
    clock.now += quarterHour
    expect(await account.accessToken()).toBe('second')
  })
})
