import { afterEach, describe, expect, it } from 'vitest'

import { SoukError } from '../../platform/errors.ts'
import type { Viewer } from '../../platform/identity/viewer.ts'
import { memoryBuckets } from '../../platform/limits/memory-buckets.ts'
import type { Gateway } from '../gateway.ts'
import { bareGateway } from '../testing/bare-gateway.ts'

const shop = 'https://shop.example.org'
const minute = 60_000
const rates = {
  person: { capacity: 4, fillsIn: minute },
  address: { capacity: 6, fillsIn: minute },
  costPerToken: 10,
}

let now = Date.parse('2026-03-01T12:00:00Z')
let gateway: Gateway | undefined
afterEach(() => gateway?.close(1_000))

/** A token is whom it names: `user ada`, `guest 1`. */
function identify(token: string): Promise<Viewer> {
  const [kind, id = ''] = token.split('.')
  if (kind === 'user') return Promise.resolve({ kind, id, roles: ['SHOPPER'] })
  if (kind === 'guest') return Promise.resolve({ kind, id })
  throw new SoukError('UNAUTHENTICATED', 'The access token is not valid.')
}

async function open(config: Parameters<typeof bareGateway>[0] = {}): Promise<Gateway> {
  gateway = await bareGateway({
    identify,
    limitRate: memoryBuckets(() => new Date(now)),
    ...config,
    config: { rates, ...config.config },
  })
  return gateway
}

interface Asked {
  readonly as?: string
  readonly from?: string
  readonly headers?: Record<string, string>
  readonly query?: string
}

function ask({ server }: Gateway, { as, from = '203.0.113.7', headers = {}, query = '{ __typename }' }: Asked = {}) {
  return server.inject({
    method: 'POST',
    url: '/graphql',
    remoteAddress: from,
    headers: {
      'content-type': 'application/json',
      ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
      ...headers,
    },
    payload: { query },
  })
}

/** The statuses of so many requests, one after the other. */
async function statuses(at: Gateway, count: number, asked?: (turn: number) => Asked): Promise<number[]> {
  const all: number[] = []
  for (let turn = 0; turn < count; turn += 1) all.push((await ask(at, asked?.(turn))).statusCode)
  return all
}

function letIn(all: readonly number[]): number {
  return all.filter((status) => status !== 429).length
}

describe('each answer', () => {
  it('says what is left, and when all of it is there again', async () => {
    const at = await open()
    expect((await ask(at, { as: 'user.ada' })).headers).toMatchObject({
      'ratelimit-limit': '4',
      'ratelimit-remaining': '3',
      'ratelimit-reset': '15',
    })
    expect((await ask(at)).headers).toMatchObject({ 'ratelimit-limit': '6', 'ratelimit-remaining': '5' })
  })
})

describe('who asks more than their share', () => {
  it.each(['application/json', 'application/graphql-response+json', '*/*'])(
    'is told when to come again, also by a page of another origin: accept %s',
    async (accept) => {
      const at = await open()
      await statuses(at, 4, () => ({ as: 'user.ada' }))
      const refusal = await ask(at, { as: 'user.ada', headers: { origin: shop, accept } })
      expect(refusal.statusCode).toBe(429)
      expect(refusal.headers).toMatchObject({
        'retry-after': '15',
        'ratelimit-limit': '4',
        'ratelimit-remaining': '0',
        'ratelimit-reset': '60',
        'access-control-allow-origin': shop,
      })
      expect(refusal.headers['access-control-expose-headers']).toContain('ratelimit-limit')
      expect(refusal.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED', retryAfter: 15 } }] })
    },
  )

  it('is let in after just that long', async () => {
    const at = await open()
    await statuses(at, 4, () => ({ as: 'user.ada' }))
    now += 14_900
    const { statusCode, headers } = await ask(at, { as: 'user.ada' })
    expect([statusCode, headers['retry-after']]).toEqual([429, '1'])
    now += 1_000
    expect(await statuses(at, 2, () => ({ as: 'user.ada' }))).toEqual([200, 429])
  })

  it('gets no more by bodies that are none: they are refused before they are read', async () => {
    const at = await open()
    const post = (headers: Record<string, string>, payload: string) =>
      at.server.inject({ method: 'POST', url: '/graphql', remoteAddress: '203.0.113.7', headers, payload })
    const outcomes = []
    for (let turn = 0; turn < 8; turn += 1) {
      const type = turn % 2 === 0 ? 'application/json' : 'text/plain'
      outcomes.push((await post({ 'content-type': type }, '{ no JSON')).statusCode)
    }
    expect(outcomes).toEqual([400, 415, 400, 415, 400, 415, 429, 429])
  })

  it('gets no more by GET, by documents that are none, or by tokens that are bad', async () => {
    const at = await open()
    const get = () =>
      at.server.inject({
        url: '/graphql?query={__typename}',
        remoteAddress: '203.0.113.7',
        headers: { 'apollo-require-preflight': '1' },
      })
    expect((await get()).statusCode).toBe(200)
    const others = await statuses(at, 6, (turn) => (turn % 2 === 0 ? { query: '{ nonsense' } : { as: 'forged' }))
    expect(others).toEqual([400, 401, 400, 401, 400, 429])
    expect((await get()).statusCode).toBe(429)
  })

  it('gets no more by aliases: they cost what they ask for', async () => {
    const at = await open()
    const aliases = Array.from({ length: 20 }, (_, turn) => `a${turn}: me { id }`).join(' ')
    const { headers } = await ask(at, { as: 'user.ada', query: `{ ${aliases} }` })
    expect(headers['ratelimit-remaining']).toBe('1')
    const refusal = await ask(at, { as: 'user.ada', query: `{ ${aliases} }` })
    expect(refusal.statusCode).toBe(429)
    expect(refusal.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] })
  })

  it('begins nothing of what cannot be paid for', async () => {
    let fetches = 0
    const at = await open({
      execute() {
        fetches += 1
        return { data: {} }
      },
    })
    await statuses(at, 3, () => ({ as: 'user.ada' }))
    const many = Array.from({ length: 15 }, (_, turn) => `a${turn}: me { id }`).join(' ')
    const { statusCode } = await ask(at, { as: 'user.ada', query: `{ ${many} }` })
    expect([statusCode, fetches]).toEqual([429, 0])
  })
})

describe('a flood', () => {
  it('of visitors costs no other address, and nobody who has a session', async () => {
    const at = await open()
    expect(letIn(await statuses(at, 30))).toBe(6)
    expect((await ask(at, { from: '203.0.113.8' })).statusCode).toBe(200)
    expect((await ask(at, { as: 'user.ada' })).statusCode).toBe(200)
  })

  it('of one member takes no more from those at the same address than that member has', async () => {
    const at = await open()
    expect(letIn(await statuses(at, 30, () => ({ as: 'user.ada' })))).toBe(4)
    expect(await statuses(at, 2, () => ({ as: 'user.bob' }))).toEqual([200, 200])
  })

  it('gets no more by a new guest for each request', async () => {
    const at = await open()
    expect(letIn(await statuses(at, 30, (turn) => ({ as: `guest.${turn}` })))).toBe(6)
  })

  it('gets no more by an address of its own network for each request (IPv6)', async () => {
    const at = await open()
    const all = await statuses(at, 30, (turn) => ({ from: `2001:db8:1:22${turn.toString().padStart(2, '0')}::1` }))
    expect(letIn(all)).toBe(6)
  })

  it('gets no more by naming addresses itself; a trusted proxy may name them', async () => {
    const forged = (turn: number) => ({ headers: { 'x-forwarded-for': `198.51.100.${turn}` } })
    expect(letIn(await statuses(await open(), 30, forged))).toBe(6)
    await gateway?.close(1_000)
    const behindProxy = await open({ config: { trustedProxies: ['203.0.113.7'] } })
    expect(letIn(await statuses(behindProxy, 10, forged))).toBe(10)
    // What a client wrote stands left of what the proxy has seen.
    const appended = (turn: number) => ({ headers: { 'x-forwarded-for': `198.51.100.${turn}, 192.0.2.1` } })
    expect(letIn(await statuses(behindProxy, 30, appended))).toBe(6)
  })
})

it('probes, pictures and keys are not counted', async () => {
  const at = await open()
  for (const url of ['/healthz', '/readyz', '/.well-known/jwks.json']) {
    const { headers } = await at.server.inject({ url, remoteAddress: '203.0.113.7' })
    expect(headers['ratelimit-limit']).toBeUndefined()
  }
  expect((await ask(at)).headers['ratelimit-remaining']).toBe('5')
})
