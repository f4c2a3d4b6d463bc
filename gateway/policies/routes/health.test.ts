import { afterEach, describe, expect, it } from 'vitest'

import type { Gateway } from '../../gateway.ts'
import { bareGateway } from '../../testing/bare-gateway.ts'

let gateway: Gateway
afterEach(() => gateway.close(1_000))

describe('/readyz', () => {
  it('names within two seconds who is ready, who is not, and who does not answer', async () => {
    const questions: AbortSignal[] = []
    const hangs = (signal: AbortSignal) => {
      questions.push(signal)
      return new Promise<boolean>(() => undefined)
    }
    gateway = await bareGateway({
      ready: {
        products: hangs,
        cart: () => Promise.resolve(false),
        orders: () => Promise.reject(new Error('connect ECONNREFUSED')),
      },
    })
    const asked = performance.now()
    const [answer, second] = await Promise.all([probe(), probe()])
    expect(performance.now() - asked).toBeLessThan(2_000)
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      {
        status: 'not ready',
        supergraph: expect.stringMatching(/^[0-9a-f]{12}$/),
        subgraphs: {
          products: 'no answer',
          inventory: 'ready',
          users: 'ready',
          cart: 'not ready',
          orders: 'not ready',
          payments: 'ready',
          notifications: 'ready',
          recommendations: 'ready',
          operations: 'ready',
        },
      },
    ])
    expect(second.json()).toEqual(answer.json())
    // What hangs is asked once, however many probes there are, and called off.
    expect(questions.map(({ aborted }) => aborted)).toEqual([true])
  })

  it('asks anew when there was an answer', async () => {
    const answers = [false, true]
    gateway = await bareGateway({ ready: { cart: () => Promise.resolve(answers.shift() ?? true) } })
    expect([(await probe()).statusCode, (await probe()).statusCode]).toEqual([503, 200])
  })
})

describe('/startedz', () => {
  it('is red until one subgraph has been found, and green from then on, whatever becomes of them', async () => {
    const answers = [...Array<boolean>(9).fill(false), true]
    const started = async () => answers.shift() ?? Promise.reject(new Error('connect ECONNREFUSED'))
    gateway = await bareGateway({ started })
    const statuses = async () => (await probe('/startedz')).statusCode
    expect([await statuses(), await statuses(), await statuses()]).toEqual([503, 200, 200])
    gateway.leave()
    expect(await statuses()).toBe(503)
  })
})

function probe(url = '/readyz') {
  return gateway.server.inject({ method: 'GET', url })
}
