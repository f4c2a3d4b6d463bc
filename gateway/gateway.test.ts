import { afterEach, describe, expect, it } from 'vitest'

import type { Gateway } from './gateway.ts'
import { bareGateway } from './testing/bare-gateway.ts'

let gateway: Gateway
afterEach(() => gateway.close(1_000))

/** The address that a subgraph gets of a client that comes from `remoteAddress` and says `forwarded`. */
async function addressPassedOn(parts: { trustedProxies: string[]; remoteAddress: string; forwarded: string }) {
  const passedOn: unknown[] = []
  gateway = await bareGateway({
    config: { trustedProxies: parts.trustedProxies },
    execute({ clientAddress }) {
      passedOn.push(clientAddress)
      return { data: { categories: [] } }
    },
  })
  const { statusCode } = await gateway.server.inject({
    method: 'POST',
    url: '/graphql',
    remoteAddress: parts.remoteAddress,
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': parts.forwarded,
      'x-forwarded-host': 'evil.example',
    },
    payload: { query: '{ categories { slug } }' },
  })
  expect(statusCode).toBe(200)
  return passedOn
}

describe("the client's address", () => {
  const forwarded = '203.0.113.9'

  it.each([
    { what: 'no proxy is trusted', trustedProxies: [], remoteAddress: '10.0.0.7', forwarded, address: '10.0.0.7' },
    {
      what: 'it comes by another',
      trustedProxies: ['10.1.0.0/16'],
      remoteAddress: '10.0.0.7',
      forwarded,
      address: '10.0.0.7',
    },
    {
      what: 'it comes by a proxy',
      trustedProxies: ['10.0.0.0/16'],
      remoteAddress: '10.0.0.7',
      forwarded,
      address: forwarded,
    },
    {
      what: 'the client has made up more of them',
      trustedProxies: ['10.0.0.7'],
      remoteAddress: '10.0.0.7',
      forwarded: `198.51.100.1, ${forwarded}`,
      address: forwarded,
    },
  ])('is $address when $what', async ({ address, ...parts }) => {
    expect(await addressPassedOn(parts)).toEqual([address])
  })
})
