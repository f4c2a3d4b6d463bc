import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { costly } from '../../gateway/testing/costly-documents.ts'
import { gatewayUnderTest, type GatewayUnderTest } from '../../gateway/testing/gateway-under-test.ts'

let gateway: GatewayUnderTest
let url: string

beforeAll(async () => {
  gateway = await gatewayUnderTest(() => ({ data: {} }))
  url = await gateway.server.listen({ host: '127.0.0.1', port: 0 })
})

afterAll(() => gateway.close())

const rounds = 40
const atOnce = 4

/** Sends each document again and again, so many at once, until it is stopped. @returns how many were refused */
async function flood(stop: AbortSignal): Promise<number> {
  let refused = 0
  async function send(from: number): Promise<void> {
    for (let at = from; !stop.aborted; at += 1) {
      const { query, variables } = costly[at % costly.length] ?? { query: '' }
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        // Another document each time, which nothing has been remembered of.
        body: JSON.stringify({ query: `${query} # ${from} ${at}`, variables }),
      })
      await answer.text()
      if (answer.status === 400) refused += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, (_, at) => send(at * 3)))
  return refused
}

describe('while documents that cost too much keep coming', () => {
  it('/healthz answers within 100 ms', async () => {
    const stop = new AbortController()
    const flooding = flood(stop.signal)
    const took: number[] = []
    // The first requests of a process find no code compiled.
    for (let round = 0; round < rounds; round += 1) await fetch(`${url}/healthz`)
    for (let round = 0; round < rounds; round += 1) {
      const from = performance.now()
      const { status } = await fetch(`${url}/healthz`)
      took.push(performance.now() - from)
      expect(status).toBe(200)
    }
    stop.abort()
    expect(await flooding).toBeGreaterThan(atOnce)
    // One in ten may have met another process on the same core.
    expect(took.toSorted((left, right) => left - right)[Math.floor(rounds * 0.9)]).toBeLessThan(100)
  })
})
