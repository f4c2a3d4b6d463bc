import { z } from 'zod'

import { cpuUsed } from './cpu.ts'

/** What it costs to show a page of what a text finds. */
export interface PageCost {
  readonly requestsPerSecond: number
  /** Milliseconds of CPU a request. */
  readonly node: number
  readonly postgres: number
}

const atOnce = 20
/** The first requests run code that nobody has compiled yet. */
const warmUp = 1_000
const measured = 2_000

const query = `query Page($text: String!) {
  products(filter: { text: $text }, first: 12) {
    edges {
      node {
        id
        slug
        name
        category { slug name }
        priceRange { lowest { amount currency } highest { amount currency } }
        variants { id sku name price { amount currency } availability { inStock quantity } }
      }
    }
  }
}`

const texts = [
  'retrospot bag',
  'lunch box',
  'heart',
  'hanging heart',
  'red mug',
  'christmas',
  'candle holder',
  'vintage paper',
  'metal sign',
  'lnuch bag',
  'glass',
  'blue card',
  'cake stand',
  'door mat',
  'kitchen',
  'garden',
]

/** Asks the Souk at the address, which the process runs, for pages of different texts, some at a time. */
export async function measurePages({ url, pid }: { url: string; pid: number }): Promise<PageCost> {
  await askMany(url, warmUp)
  const [before, begun] = [await cpuUsed(pid), performance.now()]
  await askMany(url, measured)
  const [seconds, after] = [(performance.now() - begun) / 1_000, await cpuUsed(pid)]
  return {
    requestsPerSecond: measured / seconds,
    node: (after.node - before.node) / measured,
    postgres: (after.postgres - before.postgres) / measured,
  }
}

async function askMany(url: string, requests: number): Promise<void> {
  let asked = 0
  const asker = async () => {
    while (asked < requests) await ask(url, texts[asked++ % texts.length] ?? '')
  }
  await Promise.all(Array.from({ length: atOnce }, asker))
}

async function ask(url: string, text: string): Promise<void> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { text } }),
  })
  const answer: unknown = await response.json()
  if (!pageFound.safeParse(answer).success) {
    throw new Error(`"${text}" was answered with ${response.status}: ${JSON.stringify(answer)}`)
  }
}

/** An answer with products, and without errors. */
const pageFound = z.object({
  data: z.object({ products: z.object({ edges: z.array(z.unknown()).min(1) }) }),
  errors: z.undefined().optional(),
})
