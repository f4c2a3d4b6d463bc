import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import {
  answers,
  faults,
  misbehavingServer,
  type MisbehavingServer,
} from '../../../tests/support/misbehaving-server.ts'
import { Cancellation } from '../../../platform/work/cancellation.ts'
import { httpAddress, type Address } from './address.ts'
import { ownTransport, transportTo, undiciTransport } from './transport.ts'

const request = { query: 'query Q { a }', passport: 'a passport' }

describe.each([
  ['our own client', ownTransport],
  ["undici's", undiciTransport],
])('%s', (_name, open) => {
  let server: MisbehavingServer
  let address: Address
  beforeEach(async () => {
    server = await misbehavingServer(answers({ data: { a: 'é' } }))
    address = httpAddress(server.url, open)
  })
  afterEach(async () => {
    await address.close()
    await server.close()
  })

  const patient = () => new Cancellation()

  it('carries a request and its answer', async () => {
    const asked = { ...request, variables: { x: 'ü' }, forwarded: { 'x-city': 'K\xf6ln' } }
    expect(await address.send(asked, patient())).toEqual({ data: { a: 'é' } })
    const [{ request: arrived, body } = never()] = server.arrived
    expect([arrived.method, arrived.url, arrived.headers.host]).toEqual(['POST', '/graphql', new URL(server.url).host])
    expect(arrived.headers).toMatchObject({ 'x-city': 'K\xf6ln', 'souk-passport': 'a passport' })
    expect(JSON.parse(body)).toEqual({ query: request.query, variables: { x: 'ü' } })
  })

  it('keeps its connection', async () => {
    for (let count = 0; count < 3; count += 1) {
      await address.send(request, patient())
      await nextTurn()
    }
    expect(server.connections()).toBe(1)
  })

  it('reads what stands at other addresses', async () => {
    expect(await address.get('/readyz', patient())).toBe('{"data":{"a":"é"}}')
    expect(await address.answers(patient())).toBe(true)
    server.behave(answers('no', { status: 503 }))
    expect(await address.get('/readyz', patient())).toBeUndefined()
    expect(await address.answers(patient())).toBe(false)
  })

  it('lets nothing wait behind what is read at other addresses', async () => {
    await Promise.all([
      address.get('/readyz', patient()),
      address.answers(patient()),
      ...['a', 'b'].map(() => address.send(request, patient())),
    ])
    const probes = server.arrived.filter(({ body }) => body === '' || body.includes('__typename'))
    const besides = probes.map(({ socket }) => server.arrived.filter((one) => one.socket === socket).length - 1)
    expect(besides).toEqual([0, 0])
  })

  it.each([
    ['resets', 'lost'],
    ['closes the connection', 'lost'],
    ['speaks another protocol', 'lost'],
    ['is stopping', 'away'],
    ['resets in the middle of its answer', 'broken off'],
    ['answers with HTML and status 200', 'rubbish'],
    ['redirects', 'rubbish'],
    ['answers without an end to its size', 'rubbish'],
  ] as const)('says why a server that %s has not answered', async (fault, kind) => {
    server.behave(faults[fault])
    await expect(address.send(request, patient())).rejects.toMatchObject({ name: 'LinkFailure', kind })
    server.behave(answers({ data: { a: 1 } }))
    expect(await address.send(request, patient())).toEqual({ data: { a: 1 } })
  })

  it('ends what nobody waits for, and its connection', async () => {
    server.behave(faults.hangs)
    const gone = new Cancellation()
    const next = server.next()
    const asked = address.send(request, gone)
    const { socket } = await next
    const closed = once(socket, 'close')
    gone.cancel(new Error('gone'))
    await expect(asked).rejects.toThrow('gone')
    await closed
  })

  it('is refused where nobody listens', async () => {
    await server.close()
    await expect(address.send(request, patient())).rejects.toMatchObject({ kind: 'unreached' })
  })
})

it("is undici's where a connection is to be encrypted", async () => {
  const server = await misbehavingServer()
  const transport = transportTo(new URL(server.url.replace('http:', 'https:')))
  const asking = { cancellation: new Cancellation(), mayShare: true, judge: () => undefined }
  await expect(transport.ask({ method: 'GET', path: '/', headers: {} }, asking)).rejects.toThrow(/SSL|TLS|EPROTO/i)
  await transport.close()
  await server.close()
})

function never(): never {
  throw new Error('nothing arrived')
}
