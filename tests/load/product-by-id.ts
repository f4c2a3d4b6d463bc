import { setTimeout as pause } from 'node:timers/promises'

import { Pool } from 'undici'

import { createClient, type Json } from '../support/shopping.ts'

const atOnce = 50
const warmUp = 500
const measured = 2_000

const query = `query ($id: ID!) {
  product(id: $id) { id slug name description variants { id sku name price { amount currency } } }
}`

export interface Asked {
  /** Milliseconds that each took. */
  readonly taken: readonly number[]
  readonly perSecond: number
}

/**
 * Fifty clients ask for a product each, again and again.
 * @param rest milliseconds between an answer and the next question; with none the machine is always full
 */
export async function measureProductById(url: string, { rest = 0 } = {}): Promise<Asked> {
  const { data } = await createClient(url).send('{ products(first: 50) { edges { node { id } } } }')
  const ids: string[] = data.products.edges.map(({ node }: Json) => node.id)
  // By itself, since `fetch` takes as much of the machine as what it asks.
  const pool = new Pool(url, { connections: atOnce })
  const taken: number[] = []
  let asked = 0
  let measuredSince = 0
  const asker = async () => {
    while (asked < warmUp + measured) {
      const number = asked++
      if (number === warmUp) measuredSince = performance.now()
      if (rest > 0) await pause(rest * (0.5 + Math.random()))
      const begun = performance.now()
      await askFor(pool, ids[number % ids.length] ?? '')
      if (number >= warmUp) taken.push(performance.now() - begun)
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, asker))
    return { taken, perSecond: (taken.length / (performance.now() - measuredSince)) * 1_000 }
  } finally {
    await pool.close()
  }
}

async function askFor(pool: Pool, id: string): Promise<void> {
  const { body } = await pool.request({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { id } }),
  })
  const answer: Json = await body.json()
  if (answer.data?.product?.id !== id) throw new Error(`no product: ${JSON.stringify(answer)}`)
}
