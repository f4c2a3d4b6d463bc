import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { newUuid } from '../../../platform/ids.ts'
import type { Answer } from '../../../tests/support/harness.ts'
import { goodPassword, startUsers, type UsersUnderTest } from '../testing/users-under-test.ts'

let souk: UsersUnderTest
beforeAll(async () => {
  souk = await startUsers({ SIGN_IN_TRIES: 3, TAKEN_EMAILS_PER_ADDRESS: 3, PASSWORDS_WAITING: 10 })
})
afterAll(() => souk.stop())

let lastNetwork = 0
/** Where nobody has asked from before. */
function newAddress(): string {
  lastNetwork += 1
  return `198.51.100.${lastNetwork}`
}

function signIn(input: { email: string; password: string }, clientAddress: string): Promise<Answer> {
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on Refused { code } } }'
  return souk.harness.ask('users', { query, variables: { input }, clientAddress })
}

/** What each attempt came to: a code, or `Session`. */
function outcome({ data, errors }: Answer): unknown {
  const [answer] = Object.values(data ?? {}) as { __typename: string; code?: string }[]
  return errors[0]?.code ?? answer?.code ?? answer?.__typename
}

describe('guessing a password', () => {
  it('is stopped, also for the right one; elsewhere its owner comes in', async () => {
    const { email } = await souk.member()
    const thief = newAddress()
    const outcomes: unknown[] = []
    for (let turn = 0; turn < 60; turn += 1) {
      outcomes.push(outcome(await signIn({ email, password: `guess ${turn}` }, thief)))
    }
    expect(outcomes.slice(0, 4)).toEqual(Array(4).fill('WRONG_CREDENTIALS'))
    expect(new Set(outcomes.slice(4))).toContain('RATE_LIMITED')
    const { errors } = await signIn({ email, password: goodPassword }, thief)
    expect(errors).toMatchObject([{ code: 'RATE_LIMITED', retryAfter: expect.any(Number) as number }])
    expect(outcome(await signIn({ email, password: goodPassword }, newAddress()))).toBe('Session')
  })

  it('is stopped alike for an address that nobody has', async () => {
    const email = `${newUuid()}@example.com`
    const address = newAddress()
    const outcomes: unknown[] = []
    for (let turn = 0; turn < 5; turn += 1)
      outcomes.push(outcome(await signIn({ email, password: 'a guess' }, address)))
    expect(outcomes).toEqual([...Array<string>(4).fill('WRONG_CREDENTIALS'), 'RATE_LIMITED'])
  })

  it('is stopped within one request that tries a hundred times', async () => {
    const { email } = await souk.member()
    const tries = Array.from(
      { length: 100 },
      (_, turn) => `t${turn}: signIn(input: { email: "${email}", password: "guess ${turn}" }) { __typename }`,
    )
    const { data, errors } = await souk.harness.ask('users', {
      query: `mutation { ${tries.join(' ')} }`,
      clientAddress: newAddress(),
    })
    expect(data).toBeNull()
    expect(errors).toMatchObject([{ code: 'RATE_LIMITED', path: ['t4'] }])
  })
})

it('asking by sign-up who has an account is stopped', async () => {
  const { email } = await souk.member()
  const clientAddress = newAddress()
  const query = 'mutation ($input: SignUpInput!) { signUp(input: $input) { __typename ... on Refused { code } } }'
  const outcomes: unknown[] = []
  for (let turn = 0; turn < 15; turn += 1) {
    const variables = { input: { email, password: goodPassword, name: 'Ada' } }
    outcomes.push(outcome(await souk.harness.ask('users', { query, variables, clientAddress })))
  }
  expect(outcomes).toEqual([...Array<string>(4).fill('EMAIL_TAKEN'), ...Array<string>(11).fill('RATE_LIMITED')])
})

it('a crowd that signs in at once waits in a queue, and what is too much for it is answered when to come again', async () => {
  const { email } = await souk.member()
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => signIn({ email, password: goodPassword }, newAddress())),
  )
  const outcomes = answers.map(outcome)
  expect(new Set(outcomes)).toEqual(new Set(['Session', 'RATE_LIMITED']))
  expect(answers.find(({ errors }) => errors.length > 0)?.errors).toMatchObject([{ retryAfter: 5 }])
  expect(outcomes.filter((each) => each === 'Session').length).toBeGreaterThan(10)
  expect(outcome(await signIn({ email, password: goodPassword }, newAddress()))).toBe('Session')
})
