import { setTimeout as pause } from 'node:timers/promises'

import { Pool } from 'undici'

import { createClient, type Json } from '../support/shopping.ts'

const atOnce = 50
/** A second and more without rest: until then the gateway's code is being compiled. */
const warmUp = 4_000
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
 * @param token of a member, who is answered by the subgraph each time; a visitor is answered from what the gateway keeps
 */
export async function measureProductById(
  url: string,
  { rest = 0, token }: { readonly rest?: number; readonly token?: string } = {},
): Promise<Asked> {
  const { data } = await createClient(url).send('{ products(first: 50) { edges { node { id } } } }')
  const ids: string[] = data.products.edges.map(({ node }: Json) => node.id)
  // By itself, since `fetch` takes as much of the machine as what it asks.
  const pool = new Pool(url, { connections: atOnce })
  const taken: number[] = []
  const before = rest > 0 ? measured / 4 : warmUp
  let asked = 0
  let measuredSince = 0
  const asker = async () => {
    while (asked < before + measured) {
      const number = asked++
      if (number === before) measuredSince = performance.now()
      if (rest > 0) await pause(rest * (0.5 + Math.random()))
      const begun = performance.now()
      await askFor(pool, ids[number % ids.length] ?? '', token)
      if (number >= before) taken.push(performance.now() - begun)
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, asker))
    return { taken, perSecond: (taken.length / (performance.now() - measuredSince)) * 1_000 }
  } finally {
    await pool.close()
  }
}

async function askFor(pool: Pool, id: string, token: string | undefined): Promise<void> {
  const { body } = await pool.request({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables: { id } }),
  })
  const answer: Json = await body.json()
  if (answer.data?.product?.id !== id) throw new Error(`no product: ${JSON.stringify(answer)}`)
}
