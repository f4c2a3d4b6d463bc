import { exportPKCS8, generateKeyPair } from 'jose'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'

import { ConfigError } from '../../platform/config.ts'
import { signer, type Signer } from '../testing/access-tokens.ts'
import { answers, misbehavingServer, type MisbehavingServer } from '../../tests/support/misbehaving-server.ts'
import { startGateway } from './start.ts'

const names = ['PRODUCTS', 'INVENTORY', 'USERS', 'CART', 'ORDERS', 'PAYMENTS', 'NOTIFICATIONS', 'RECOMMENDATIONS']
/** Nobody listens there. */
const nowhere = 'http://127.0.0.1:1/graphql'

let environment: Record<string, string>
let users: Signer
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  users = await signer()
  environment = {
    ...Object.fromEntries([...names, 'OPERATIONS'].map((name) => [`SUBGRAPH_URL_${name}`, nowhere])),
    PASSPORT_PRIVATE_KEY: await exportPKCS8(privateKey),
    PORT: '0',
    LEAVE_MS: '0',
    LOG_LEVEL: 'silent',
  }
})

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function server(...behaviour: Parameters<typeof misbehavingServer>): Promise<MisbehavingServer> {
  const started = await misbehavingServer(...behaviour)
  closing.push(() => started.close())
  return started
}

async function gateway(own: Record<string, string> = {}) {
  const { port, stop, warm } = await startGateway({ ...environment, ...own })
  await warm
  let stopped: Promise<void> | undefined
  const stopOnce = () => (stopped ??= stop())
  closing.push(stopOnce)
  const url = `http://localhost:${port}`
  return {
    stop: stopOnce,
    async ready(probe = 'readyz') {
      const response = await fetch(`${url}/${probe}`)
      return { status: response.status, json: (await response.json()) as Record<string, unknown> }
    },
    async ask(query: string, token?: string) {
      const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })
      return { status: response.status, json: (await response.json()) as Record<string, unknown> }
    },
  }
}

describe('the gateway as a process', () => {
  it('starts while every subgraph is down, says so, and takes them up one by one', async () => {
    const cart = await server(answers({ data: { cart: { itemCount: 3 } } }))
    const port = Number(new URL(cart.url).port)
    await cart.close()
    const { ready, ask } = await gateway({ SUBGRAPH_URL_CART: cart.url })
    expect(await ready()).toMatchObject({
      status: 503,
      json: { status: 'not ready', subgraphs: { cart: 'not ready' } },
    })
    expect(await ready('startedz')).toMatchObject({ status: 503 })
    expect((await ask('{ cart { itemCount } }')).json).toMatchObject({ errors: [{ path: ['cart'] }] })

    await server(answers({ data: { cart: { itemCount: 3 } } }), port)
    expect(await ready()).toMatchObject({
      status: 200,
      json: {
        status: 'ready in part',
        subgraphs: { cart: 'ready', users: 'not ready' },
        breakers: { cart: 'closed', users: 'closed' },
      },
    })
    expect(await ready('startedz')).toMatchObject({ status: 200 })
    expect((await ask('{ cart { itemCount } }')).json).toEqual({ data: { cart: { itemCount: 3 } } })
  })

  it('knows who is signed in while users is down', async () => {
    const keys = await server(answers(users.jwks))
    const cart = await server(answers({ data: { cart: { itemCount: 3 } } }))
    const { ask } = await gateway({ SUBGRAPH_URL_CART: cart.url, SUBGRAPH_URL_USERS: keys.url })
    expect(await ask('{ cart { itemCount } }', await users.accessToken())).toMatchObject({ status: 200 })
    await keys.close()
    const asked = await ask('{ cart { itemCount } }', await users.accessToken())
    expect(asked).toMatchObject({ status: 200, json: { data: { cart: { itemCount: 3 } } } })
    expect(cart.arrived.map(({ request }) => request.headers['souk-passport'])).toHaveLength(2)
  })

  it('starts and serves while the Redis that its replicas share is away', async () => {
    const cart = await server(answers({ data: { cart: null } }))
    const { ask } = await gateway({ SUBGRAPH_URL_CART: cart.url, REDIS_URL: 'redis://127.0.0.1:1' })
    for (let turn = 0; turn < 5; turn += 1) expect(await ask('{ cart { itemCount } }')).toMatchObject({ status: 200 })
  })

  it('can know nobody before users has been there, and serves visitors', async () => {
    const cart = await server(answers({ data: { cart: null } }))
    const { ask } = await gateway({ SUBGRAPH_URL_CART: cart.url })
    const token = await users.accessToken()
    expect(await ask('{ cart { itemCount } }', token)).toMatchObject({
      status: 503,
      json: { errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] },
    })
    expect(await ask('{ cart { itemCount } }')).toMatchObject({ status: 200 })
  })

  it('says that it stops before it refuses, and ends what it has in hand', async () => {
    const cart = await server(() => undefined)
    const { ready, ask, stop } = await gateway({ SUBGRAPH_URL_CART: cart.url, LEAVE_MS: '300' })
    const arrives = cart.next()
    const open = ask('{ cart { itemCount } }')
    const { response } = await arrives
    const stopped = stop()
    expect(await ready()).toMatchObject({ status: 503, json: { status: 'stopping' } })
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"cart":{"itemCount":4}}}')
    expect((await open).json).toEqual({ data: { cart: { itemCount: 4 } } })
    await stopped
    await expect(ask('{ cart { itemCount } }')).rejects.toThrow('fetch failed')
  })

  it.each([
    [{ SUBGRAPH_URL_CART: 'cart:4004' }, /SUBGRAPH_URL_CART is "cart:4004": expected addresses separated by commas/],
    [{ PASSPORT_PRIVATE_KEY: 'secret' }, /^PASSPORT_PRIVATE_KEY is not valid: expected a private key of Ed25519/],
    [{ SOUK_SUPERGRAPH: '/nowhere.graphql' }, /SOUK_SUPERGRAPH is "\/nowhere.graphql": expected a file/],
  ])('refuses to start with %o', async (own, message) => {
    const started = startGateway({ ...environment, ...own })
    await expect(started).rejects.toBeInstanceOf(ConfigError)
    await expect(started).rejects.toThrow(message)
  })
})
