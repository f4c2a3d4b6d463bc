import { once } from 'node:events'
import { connect } from 'node:net'

import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
import { generateKeyPair, type CryptoKey } from 'jose'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { systemClock } from '../clock.ts'
import { passportControl, passportOffice } from '../identity/passport.ts'
import { visitor } from '../identity/viewer.ts'
import { subgraphExecutor } from '../subgraph/execute.ts'
import { eventStream, headers, paths } from '../subgraph/http.ts'
import { createLogger } from '../telemetry/logging.ts'
import type { HeldSubgraph } from './definition.ts'
import { subgraphServer, type SubgraphServer } from './server.ts'

const log = createLogger('silent')
const answersAtOnce = '{"query":"{ hello }"}'
const answersLater = '{"query":"{ slow }"}'

let keys: { privateKey: CryptoKey; publicKey: CryptoKey }
let server: SubgraphServer
let url: string
let started: HeldSubgraph | undefined
/** What the slow field does. */
let slowly: (signal: AbortSignal | undefined) => Promise<string>
let isReady: () => Promise<boolean>

beforeAll(async () => {
  keys = await generateKeyPair('EdDSA')
})

beforeEach(async () => {
  const passports = passportControl({ publicKey: keys.publicKey, subgraph: 'hello', clock: systemClock })
  const nothing = () => Promise.resolve()
  isReady = () => Promise.resolve(true)
  const executor = subgraphExecutor({
    schema,
    passports,
    log,
    createContext: (_viewer, { cancellation }) => cancellation?.signal,
  })
  started = { name: 'hello', ...executor, start: nothing, settled: nothing, stop: nothing, ready: () => isReady() }
  server = subgraphServer({ subgraph: () => started, passports, log })
  url = `http://127.0.0.1:${(await server.listen({ host: '127.0.0.1', port: 0 })).port}`
})

afterEach(() => server.close())

const schema = new GraphQLSchema({
  query: new GraphQLObjectType<undefined, AbortSignal | undefined>({
    name: 'Query',
    fields: {
      hello: { type: GraphQLString, resolve: () => 'hello' },
      slow: { type: GraphQLString, resolve: (_parent, _arguments, signal) => slowly(signal) },
    },
  }),
  subscription: new GraphQLObjectType<undefined, AbortSignal | undefined>({
    name: 'Subscription',
    fields: {
      counted: {
        type: GraphQLString,
        async *subscribe(_parent, _arguments, signal) {
          yield { counted: 'one' }
          yield { counted: await slowly(signal) }
        },
      },
    },
  }),
})

async function passportFor(subgraph: string, privateKey = keys.privateKey): Promise<string> {
  return passportOffice({ privateKey, clock: systemClock })(visitor, subgraph)
}

interface Asked {
  readonly body?: string
  readonly passport?: string
  readonly more?: Record<string, string>
  readonly signal?: AbortSignal
}

async function ask({ body = answersAtOnce, passport, more, signal }: Asked) {
  const response = await fetch(url + paths.graphql, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(passport !== undefined && { [headers.passport]: passport }),
      ...more,
    },
    body,
    ...(signal && { signal }),
  })
  const json: unknown = await response.json()
  return { status: response.status, json }
}

const refused = (code: string) => ({ errors: [{ extensions: { code } }] })

describe('a subgraph over HTTP', () => {
  it('answers who has a passport of its own', async () => {
    const passport = await passportFor('hello')
    expect(await ask({ passport })).toEqual({ status: 200, json: { data: { hello: 'hello' } } })
    const { json } = await ask({ passport, body: '{"query":"{ __schema { queryType { name } } }"}' })
    expect(json).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } })
  })

  it('answers nobody else, and reads nothing of what they send', async () => {
    const { privateKey: other } = await generateKeyPair('EdDSA')
    const passports = ['', 'nonsense', await passportFor('hello', other), await passportFor('orders')]
    for (const passport of passports) {
      for (const body of [answersAtOnce, '{"query":"{ __schema { queryType { name } } }"}', 'no JSON', '']) {
        const answer = await ask({ passport, body })
        expect(answer).toMatchObject({ status: 401, json: refused('UNAUTHENTICATED') })
      }
    }
    expect((await ask({})).status).toBe(401)
  })

  it.each([
    [413, 'x'.repeat(1_048_577)],
    [400, '{"query":'],
    [400, '{"query":1}'],
    [400, '[]'],
  ])('refuses with %i what is no operation', async (status, body) => {
    expect(await ask({ passport: await passportFor('hello'), body })).toMatchObject({
      status,
      json: refused('BAD_REQUEST'),
    })
  })

  it('is alive before it has started, and says that it cannot answer yet', async () => {
    started = undefined
    expect((await fetch(url + paths.alive)).status).toBe(200)
    expect(await (await fetch(url + paths.ready)).json()).toEqual({ status: 'starting' })
    expect((await fetch(url + paths.started)).status).toBe(503)
    const answer = await ask({ passport: await passportFor('hello') })
    expect(answer).toMatchObject({ status: 503, json: refused('SUBGRAPH_UNAVAILABLE') })
  })

  it('is ready while its stores answer, and not when they hang; that it has started remains so', async () => {
    expect((await fetch(url + paths.ready)).status).toBe(200)
    isReady = () => new Promise(() => undefined)
    const answer = await fetch(url + paths.ready)
    expect([answer.status, await answer.json()]).toEqual([503, { status: 'not ready' }])
    expect((await fetch(url + paths.started)).status).toBe(200)
  })

  it('calls off what nobody waits for any more: the deadline has passed, or the caller is gone', async () => {
    const passport = await passportFor('hello')
    const reasons: unknown[] = []
    const calledOff = (begun: () => void = () => undefined) =>
      new Promise<void>((resolve) => {
        slowly = (signal) => {
          begun()
          return new Promise((_resolve, reject) =>
            signal?.addEventListener('abort', () => {
              reasons.push(signal.reason)
              reject(new Error('called off'))
              resolve()
            }),
          )
        }
      })
    let seen = calledOff()
    const late = await ask({ passport, body: answersLater, more: { [headers.deadline]: '300' } })
    expect(late).toMatchObject({ status: 503, json: refused('SUBGRAPH_UNAVAILABLE') })
    await seen

    const caller = new AbortController()
    seen = calledOff(() => caller.abort())
    await expect(ask({ passport, body: answersLater, signal: caller.signal })).rejects.toThrow()
    await seen
    expect(reasons).toMatchObject([
      { message: 'The caller does not wait any more.' },
      { message: 'The caller is gone.' },
    ])
  })

  /** A request that has begun, and is answered when the test says so. */
  async function openRequest() {
    let end: (text: string) => void = () => undefined
    const passport = await passportFor('hello')
    let answer: ReturnType<typeof ask> | undefined
    await new Promise<void>((resolve) => {
      slowly = () => {
        resolve()
        return new Promise((done) => (end = done))
      }
      answer = ask({ passport, body: answersLater })
    })
    return { open: answer, end }
  }

  it('ends the open request before it closes, and takes no connection meanwhile', async () => {
    const { open, end } = await openRequest()
    const closed = server.close()
    await expect(fetch(url + paths.alive)).rejects.toThrow('fetch failed')
    end('done')
    expect(await open).toEqual({ status: 200, json: { data: { slow: 'done' } } })
    await closed
  })

  it('ends connections over which nothing was asked soon, and sooner than it gives up on a request', async () => {
    const unused = connect(Number(new URL(url).port), '127.0.0.1')
    await once(unused, 'connect')
    const { open, end } = await openRequest()
    const closed = server.close()
    await once(unused.resume(), 'close')
    end('done')
    expect(await open).toEqual({ status: 200, json: { data: { slow: 'done' } } })
    await closed
  })

  it('has no keys to show, but for users', async () => {
    expect((await fetch(url + paths.keys)).status).toBe(404)
  })
})

describe('a subscription over HTTP', () => {
  const next = (result: unknown) => `event: next\ndata: ${JSON.stringify(result)}\n\n`
  const one = next({ data: { counted: 'one' } })
  const complete = 'event: complete\ndata:\n\n'

  async function listen(signal?: AbortSignal, passport?: string): Promise<Response> {
    return fetch(url + paths.graphql, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: eventStream,
        [headers.passport]: passport ?? (await passportFor('hello')),
      },
      body: '{"query":"subscription { counted }"}',
      ...(signal && { signal }),
    })
  }

  it('is sent as it comes, and ends with an event of its own', async () => {
    slowly = () => Promise.resolve('two')
    const response = await listen()
    expect(response.headers.get('content-type')).toContain(eventStream)
    expect(await response.text()).toBe(one + next({ data: { counted: 'two' } }) + complete)
  })

  it('that fails ends in an error, with nothing of the inside', async () => {
    slowly = () => Promise.reject(new Error('secret'))
    const sent = await (await listen()).text()
    expect(sent.startsWith(one) && sent.endsWith(complete)).toBe(true)
    expect(sent).toContain('INTERNAL_SERVER_ERROR')
    expect(sent).not.toContain('secret')
  })

  it('is called off when its listener is gone', async () => {
    const reason = new Promise((resolve) => {
      slowly = (signal) =>
        new Promise((_resolve, reject) =>
          signal?.addEventListener('abort', () => {
            resolve(signal.reason)
            reject(new Error('called off'))
          }),
        )
    })
    const listener = new AbortController()
    const { body } = await listen(listener.signal)
    await body?.getReader().read()
    listener.abort()
    expect(await reason).toMatchObject({ message: 'The caller is gone.' })
  })

  it('is sent to nobody without a passport', async () => {
    expect((await listen(undefined, 'nonsense')).status).toBe(401)
  })
})
