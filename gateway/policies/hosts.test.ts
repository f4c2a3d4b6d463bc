import { afterEach, describe, expect, it } from 'vitest'

import type { Gateway } from '../gateway.ts'
import { bareGateway } from '../testing/bare-gateway.ts'

let gateway: Gateway
afterEach(() => gateway.close(1_000))

/** The status with which each host is answered. */
async function statuses(
  hosts: readonly string[],
  url = '/graphql?query={__typename}',
): Promise<Record<string, number>> {
  const answered: Record<string, number> = {}
  for (const host of hosts) {
    const headers = { host, 'apollo-require-preflight': '1' }
    const { statusCode } = await gateway.server.inject({ method: 'GET', url, headers })
    answered[host] = statusCode
  }
  return answered
}

function all(hosts: readonly string[], status: number): Record<string, number> {
  return Object.fromEntries(hosts.map((host) => [host, status]))
}

const own = [
  'localhost',
  'LOCALHOST:4000',
  'localhost.:80',
  'shop.localhost',
  '127.0.0.1:4000',
  '127.9.9.9',
  '[::1]',
  '[::1]:80',
]
const foreign = ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.7', '[::2]', '0.0.0.0']
const none = ['local host', 'localhost/x', 'me@localhost', 'localhost:port', 'localhost#']

describe.each(['localhost', '127.0.0.1', '::1'])('a server bound to %s', (bind) => {
  it('serves only who asks this machine by a name of its own', async () => {
    gateway = await bareGateway({ config: { hosts: { bind, allowed: undefined } } })
    expect(await statuses(own)).toEqual(all(own, 200))
    expect(await statuses(foreign)).toEqual(all(foreign, 403))
    expect(await statuses(none)).toEqual(all(none, 400))
    expect(await statuses(foreign, '/healthz')).toEqual(all(foreign, 403))
  })
})

describe('a server bound to localhost behind a proxy', () => {
  it('serves the names that are listed too', async () => {
    const allowed = ['Shop.example.org', '*.shop.example.org', '10.0.0.7']
    gateway = await bareGateway({ config: { hosts: { bind: 'localhost', allowed } } })
    const listed = ['shop.example.org', 'SHOP.example.org:443', 'eu.shop.example.org', '10.0.0.7', 'localhost']
    expect(await statuses(listed)).toEqual(all(listed, 200))
    const others = ['example.org', 'eshop.example.org', 'shop.example.org.evil.example']
    expect(await statuses(others)).toEqual(all(others, 403))
  })
})

describe('a server bound to every address', () => {
  it('serves any name, when none is listed', async () => {
    gateway = await bareGateway({ config: { hosts: { bind: '0.0.0.0', allowed: undefined } } })
    expect(await statuses([...own, ...foreign])).toEqual(all([...own, ...foreign], 200))
    expect(await statuses(none)).toEqual(all(none, 400))
  })

  it('serves the names that are listed, and probes by any', async () => {
    gateway = await bareGateway({ config: { hosts: { bind: '0.0.0.0', allowed: ['shop.example.org'] } } })
    expect(await statuses(['shop.example.org', ...foreign])).toEqual({
      'shop.example.org': 200,
      ...all(foreign, 403),
      '0.0.0.0': 200,
    })
    for (const url of ['/healthz', '/startedz', '/readyz'])
      expect(await statuses(foreign, url)).toEqual(all(foreign, 200))
  })

  it('says in its own words what it refuses', async () => {
    gateway = await bareGateway()
    const { json } = await gateway.server.inject({ method: 'GET', url: '/', headers: { host: 'evil.example' } })
    expect(json()).toEqual({
      errors: [
        {
          message: 'evil.example is no name of this server. Where it is one, add it to ALLOWED_HOSTS.',
          extensions: { code: 'FORBIDDEN' },
        },
      ],
    })
  })
})
