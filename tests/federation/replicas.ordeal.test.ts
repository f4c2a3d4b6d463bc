import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Gateway } from '../../gateway/gateway.ts'
import { bareGateway } from '../../gateway/testing/bare-gateway.ts'
import { systemClock } from '../../platform/clock.ts'
import { accessTokenVerifier } from '../../platform/identity/access-token.ts'
import type { AnnounceEnded } from '../../platform/identity/ended-sessions.ts'
import { announceInRedis, followInRedis } from '../../platform/identity/redis-ended-sessions.ts'
import { newUuid } from '../../platform/ids.ts'
import { redisAttempts } from '../../platform/limits/redis-attempts.ts'
import { redisBuckets } from '../../platform/limits/redis-buckets.ts'
import { redisConnection, type RedisConnection } from '../../platform/redis/connection.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { redisProgram } from '../../scripts/servers/redis.ts'
import type { UsersSubgraph } from '../../subgraphs/users/subgraph.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { startTestRedis, type TestRedis } from '../support/redis.ts'
import type { Json } from '../support/shopping.ts'
import { whereInstalled } from '../support/where-installed.ts'

const log = createLogger('silent')
const clock = systemClock
const password = 'a long walk home'
/** Within which an access token of a session that has ended is good for nothing, at every gateway. */
const bound = 5_000
const replicas = ['users', 'users again'] as const
type Replica = (typeof replicas)[number]

await whereInstalled(redisProgram, () => {
  let tested: TestRedis
  let harness: Harness
  let users: UsersSubgraph
  const closing: (() => Promise<void>)[] = []

  beforeEach(async () => {
    tested = await startTestRedis()
    harness = await createHarness()
    const [first] = [await addUsers('users'), await addUsers('users again')]
    users = first
  })
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
    await harness.stop()
    await tested.stop()
  })

  async function connection(): Promise<RedisConnection> {
    const redis = redisConnection({ url: tested.url, log })
    closing.push(() => redis.close())
    await redis.connected()
    return redis
  }

  /** A replica of users with a connection of its own; all on one database. */
  async function addUsers(as: string, announce?: AnnounceEnded): Promise<UsersSubgraph> {
    const redis = await connection()
    return harness.add('users', {
      as,
      config: { SIGN_IN_TRIES: 3, PASSWORDS_WAITING: 1_000 },
      limitAttempts: redisAttempts(redis),
      announceEnded: announce ?? announceInRedis(redis, clock),
      given: (own) => (as === 'users' ? own : { ...own, database: harness.databaseOf('users') }),
    })
  }

  async function addGateway(): Promise<Gateway> {
    const redis = await connection()
    const ended = await followInRedis({ redis, clock, log })
    const gateway = await bareGateway({
      identify: accessTokenVerifier({ jwks: users.jwks, clock, hasEnded: ended.hasEnded }),
      limitRate: redisBuckets({ redis, clock, log, patience: bound }),
      config: {
        rates: {
          person: { capacity: 10, fillsIn: 600_000 },
          address: { capacity: 20, fillsIn: 600_000 },
          costPerToken: 500,
        },
      },
    })
    closing.push(ended.stop, () => gateway.close(1_000))
    return gateway
  }

  async function statusAt({ server }: Gateway, token?: string): Promise<number> {
    const answer = await server.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      payload: { query: '{ __typename }' },
    })
    return answer.statusCode
  }

  async function mutate(at: Replica, query: string, clientAddress?: string): Promise<Json> {
    const { data, errors } = await harness.ask(at, { query, ...(clientAddress && { clientAddress }) })
    const [first] = errors
    return first === undefined ? Object.values(data ?? {})[0] : { code: first.code }
  }

  async function signUp(): Promise<{ email: string; accessToken: string; refreshToken: string }> {
    const email = `${newUuid()}@example.org`
    const input = `{ email: "${email}", password: "${password}", name: "Ada" }`
    const session = await mutate(
      'users',
      `mutation { signUp(input: ${input}) { ... on Session { accessToken refreshToken } } }`,
    )
    return { email, ...session }
  }

  const signOut = (at: Replica, refreshToken: string) =>
    mutate(at, `mutation { signOut(refreshToken: "${refreshToken}") }`)

  /** What each of so many guesses comes to, at the replicas in turn. */
  async function guesses(email: string, count: number): Promise<unknown[]> {
    const guess = (turn: number) =>
      mutate(
        replicas[turn % 2] ?? 'users',
        `mutation { signIn(input: { email: "${email}", password: "guess ${turn}" }) { ... on Refused { code } } }`,
        '198.51.100.1',
      )
    const outcomes = await Promise.all(Array.from({ length: count }, (_, turn) => guess(turn)))
    return outcomes.map(({ code }) => code)
  }

  const tried = (outcomes: readonly unknown[]) => outcomes.filter((outcome) => outcome === 'WRONG_CREDENTIALS').length

  describe('guesses at a password', () => {
    it('get no more tries at two replicas than at one', async () => {
      const { email } = await signUp()
      const outcomes = await guesses(email, 50)
      expect(tried(outcomes)).toBeGreaterThan(0)
      // Three that are free, and the one that the pause follows.
      expect(tried(outcomes)).toBeLessThanOrEqual(4)
      expect(new Set(outcomes)).toEqual(new Set(['WRONG_CREDENTIALS', 'RATE_LIMITED']))
    })

    it('get no more by many fields of one document, at each of the two', async () => {
      const { email } = await signUp()
      const fields = Array.from(
        { length: 20 },
        (_, turn) => `t${turn}: signIn(input: { email: "${email}", password: "guess ${turn}" }) { __typename }`,
      )
      const ask = (at: Replica) =>
        harness.ask(at, { query: `mutation { ${fields.join(' ')} }`, clientAddress: '198.51.100.2' })
      const answers = [await ask('users'), await ask('users again')]
      expect(answers.map(({ errors }) => errors[0])).toMatchObject([
        { code: 'RATE_LIMITED', path: ['t4'] },
        { code: 'RATE_LIMITED', path: ['t0'] },
      ])
    })

    it('while Redis is away get what each replica grants alone, and shut nobody else out', async () => {
      const { email } = await signUp()
      await tested.server.kill()
      const outcomes = await guesses(email, 50)
      expect(tried(outcomes)).toBeGreaterThan(0)
      expect(tried(outcomes)).toBeLessThanOrEqual(8)
      const elsewhere = await mutate(
        'users again',
        `mutation { signIn(input: { email: "${email}", password: "${password}" }) { __typename } }`,
        '198.51.100.3',
      )
      expect(elsewhere).toMatchObject({ __typename: 'Session' })
    })
  })

  describe('a session that has ended', () => {
    const everywhere = (gateways: readonly Gateway[], token: string) =>
      Promise.all(gateways.map((gateway) => statusAt(gateway, token)))

    function endsEverywhere(gateways: readonly Gateway[], token: string): Promise<void> {
      return expect
        .poll(() => everywhere(gateways, token), { timeout: bound, interval: 200 })
        .toEqual(gateways.map(() => 401))
    }

    it('is known at every gateway, and at one that starts later', async () => {
      const gateways = [await addGateway(), await addGateway()]
      const { accessToken, refreshToken } = await signUp()
      expect(await everywhere(gateways, accessToken)).toEqual([200, 200])
      expect(await signOut('users again', refreshToken)).toBe(true)
      await endsEverywhere(gateways, accessToken)
      expect(await statusAt(await addGateway(), accessToken)).toBe(401)
    })

    it('is known again when Redis has lost everything', async () => {
      const { accessToken, refreshToken } = await signUp()
      await signOut('users', refreshToken)
      await tested.redis.client.flushall()
      await endsEverywhere([await addGateway()], accessToken)
    })

    it('stays known while Redis is away; what ends meanwhile is known when it is back', async () => {
      const gateways = [await addGateway(), await addGateway()]
      const [before, during] = [await signUp(), await signUp()]
      await signOut('users', before.refreshToken)
      await endsEverywhere(gateways, before.accessToken)
      await tested.server.kill()
      expect(await signOut('users again', during.refreshToken)).toBe(true)
      expect(await everywhere(gateways, before.accessToken)).toEqual([401, 401])
      await tested.restart()
      await endsEverywhere(gateways, during.accessToken)
    })

    it('ends while Redis hangs, too, and is known when it goes on', async () => {
      const gateways = [await addGateway(), await addGateway()]
      const { accessToken, refreshToken } = await signUp()
      await tested.server.hang()
      const begun = performance.now()
      expect(await signOut('users', refreshToken)).toBe(true)
      // What counts refreshes waits for Redis, and so does the announcement; neither for longer than a command may take.
      expect(performance.now() - begun).toBeLessThan(bound)
      expect(await everywhere(gateways, accessToken)).toEqual([200, 200])
      tested.server.goOn()
      await endsEverywhere(gateways, accessToken)
    })

    it('is announced by another replica where the one that ended it dies before it does', async () => {
      const gateways = [await addGateway()]
      const announcing = new Promise<void>((resolve) => {
        closing.push(() => {
          resolve()
          return announcing
        })
      })
      const dying = await addUsers('users, dying', () => announcing)
      const { accessToken, refreshToken } = await signUp()
      // Its answer never comes: the process is gone between the commit and the announcement.
      void dying.execute({
        query: `mutation { signOut(refreshToken: "${refreshToken}") }`,
        variables: undefined,
        passport: await harness.passports({ kind: 'visitor' }, 'users, dying'),
      })
      await endsEverywhere(gateways, accessToken)
    })
  })

  it('gateways let in no more together than one would alone', async () => {
    const gateways = [await addGateway(), await addGateway()]
    const { accessToken } = await signUp()
    const statuses = await Promise.all(
      Array.from({ length: 15 }, () => gateways.map((gateway) => statusAt(gateway, accessToken))).flat(),
    )
    expect(statuses.filter((status) => status === 200)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(20)
  })
})
