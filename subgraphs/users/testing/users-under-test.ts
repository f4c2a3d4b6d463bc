import type { Viewer } from '../../../platform/identity/viewer.ts'
import { newUuid } from '../../../platform/ids.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import { createHarness, type AddOptions, type Answer, type Harness } from '../../../tests/support/harness.ts'
import type { UsersConfig } from '../config.ts'
import type { UsersSubgraph } from '../subgraph.ts'

const session = `
  ... on Session { accessToken refreshToken expiresAt guestCartKept user { id email name roles createdAt addresses { id city } } }
  ... on Refused { code message }
  ... on InvalidInput { code message field }
`

const operations = {
  startGuestSession: `mutation { startGuestSession { accessToken refreshToken expiresAt guestCartKept user { id } } }`,
  signUp: `mutation ($input: SignUpInput!) { signUp(input: $input) { __typename ${session} } }`,
  signIn: `mutation ($input: SignInInput!) { signIn(input: $input) { __typename ${session} } }`,
  refreshSession: `mutation ($refreshToken: String!) { refreshSession(refreshToken: $refreshToken) { __typename ${session} } }`,
  signOut: `mutation ($refreshToken: String!) { signOut(refreshToken: $refreshToken) }`,
  addAddress: `mutation ($input: AddressInput!) { addAddress(input: $input) {
    __typename
    ... on Address { id recipient line1 line2 city postcode country isDefault }
    ... on Refused { code message }
    ... on InvalidInput { code message field }
  } }`,
  removeAddress: `mutation ($id: ID!) { removeAddress(id: $id) }`,
  me: `{ me { id email name roles addresses { id city isDefault } } }`,
}

export type Operation = keyof typeof operations

export const goodPassword = 'a long walk home'

export const goodAddress = {
  recipient: 'Ada Lovelace',
  line1: '12 St James Square',
  city: 'London',
  postcode: 'sw1y 4jh',
  country: 'GB',
}

export interface Member {
  readonly viewer: Viewer & { kind: 'user' }
  readonly email: string
  readonly refreshToken: string
  readonly accessToken: string
}

export interface UsersUnderTest {
  readonly harness: Harness
  readonly users: UsersSubgraph
  /** What the subgraph's clock shows; tests set it. */
  readonly time: { now: number }
  /** The whole answer to one of the operations. */
  ask(operation: Operation, variables?: Record<string, unknown>, viewer?: Viewer): Promise<Answer>
  /** What the operation's field says; fails the test when there are errors. */
  call<Result = Record<string, unknown>>(
    operation: Operation,
    variables?: Record<string, unknown>,
    viewer?: Viewer,
  ): Promise<Result>
  /** Somebody who has just signed up. */
  member(input?: Record<string, unknown>): Promise<Member>
  stop(): Promise<void>
}

/** What is outside of users, where a test brings its own. */
type Outside = Pick<AddOptions, 'announceEnded' | 'limitAttempts'>

export async function startUsers(
  config: Partial<UsersConfig> = {},
  { log, ...outside }: Outside & { readonly log?: Logger } = {},
): Promise<UsersUnderTest> {
  const time = { now: Date.parse('2026-03-01T12:00:00.000Z') }
  const harness = await createHarness()
  const users = await harness.add('users', {
    config,
    ...outside,
    given: (own) => ({ ...own, clock: () => new Date(time.now), log: log ?? own.log }),
  })

  function ask(operation: Operation, variables?: Record<string, unknown>, viewer?: Viewer): Promise<Answer> {
    const query = operations[operation]
    return harness.ask('users', {
      query,
      ...(variables === undefined ? {} : { variables }),
      ...(viewer === undefined ? {} : { viewer }),
    })
  }

  async function call<Result>(operation: Operation, variables?: Record<string, unknown>, viewer?: Viewer) {
    const { data, errors } = await ask(operation, variables, viewer)
    if (errors.length > 0) throw new Error(`${operation}: ${JSON.stringify(errors)}`)
    return data?.[operation] as Result
  }

  return {
    harness,
    users,
    time,
    ask,
    call,
    async member(input = {}) {
      const email = `${newUuid()}@example.com`
      const { user, refreshToken, accessToken } = await call<{
        user: { id: string; email: string }
        refreshToken: string
        accessToken: string
      }>('signUp', { input: { email, password: goodPassword, name: 'Ada', ...input } })
      const viewer: Member['viewer'] = { kind: 'user', id: user.id, roles: ['SHOPPER'] }
      return { viewer, email: user.email, refreshToken, accessToken }
    },
    stop: () => harness.stop(),
  }
}
