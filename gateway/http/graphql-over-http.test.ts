import { auditServer } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { gatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.ts'

let gateway: GatewayUnderTest
let url: string

beforeAll(async () => {
  gateway = await gatewayUnderTest(() => ({ data: {} }))
  url = await gateway.server.listen({ host: '127.0.0.1', port: 0 })
})

afterAll(() => gateway.close())

describe('GraphQL over HTTP', () => {
  it('is spoken as the specification says, in all 61 audits of graphql-http', async () => {
    const results = await auditServer({
      url: `${url}/graphql`,
      // A GET must show that no foreign page has made a browser send it.
      fetchFn: (address: string, init: RequestInit = {}) => {
        const headers = new Headers(init.headers)
        headers.set('apollo-require-preflight', '1')
        return fetch(address, { ...init, headers })
      },
    })
    expect(results.filter(({ status }) => status !== 'ok').map(({ name }) => name)).toEqual([])
    expect(results).toHaveLength(61)
  })
})
