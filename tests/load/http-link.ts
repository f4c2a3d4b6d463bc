/**
 * What the network between gateway and subgraphs costs the gateway: a page of twelve products, fetched from products and
 * from inventory, in process and over HTTP. `node scripts/run.js tests/load/http-link.ts`. Not part of the tests.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'

import type { ExecutionResult } from 'graphql'

import { httpSubgraph } from '../../gateway/fetch/http/http-subgraph.ts'
import { bareGateway } from '../../gateway/testing/bare-gateway.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import type { SubgraphRequest } from '../../platform/subgraph/subgraph.ts'
import { misbehavingServer } from '../support/misbehaving-server.ts'

const warmUp = 300
const measured = 1_000
const atOnce = 20

const query = `{
  products(first: 12) {
    edges {
      node {
        id slug name category { slug name }
        priceRange { lowest { amount currency } highest { amount currency } }
        variants { id sku name price { amount currency } availability { inStock quantity } }
      }
    }
  }
}`

const money = (amount: number) => ({ amount, currency: 'GBP' })

const page = {
  products: {
    edges: Array.from({ length: 12 }, (_, at) => ({
      node: {
        ...{ __typename: 'Product', id: `product-${at}`, slug: `product-${at}`, name: `Product ${at}` },
        category: { slug: 'bags', name: 'Bags' },
        priceRange: { lowest: money(100), highest: money(200) },
        variants: [0, 1].map((variant) => ({
          ...{ __typename: 'ProductVariant', id: `variant-${at}-${variant}`, sku: `SKU${at}`, name: 'One size' },
          price: money(100),
        })),
      },
    })),
  },
}

/** Answers as products and inventory do, and takes no time over it. */
function answer({ variables }: Pick<SubgraphRequest, 'variables'>): ExecutionResult {
  const asked = variables?.representations
  if (!Array.isArray(asked)) return { data: structuredClone(page) }
  return { data: { _entities: asked.map(() => ({ availability: { inStock: true, quantity: 5 } })) } }
}

/** Answers in a process of its own, whose time is not counted. */
async function serve(): Promise<void> {
  const server = await misbehavingServer(({ body, response }) => {
    const request = JSON.parse(body) as Pick<SubgraphRequest, 'variables'>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer(request)))
  })
  process.send?.(server.url)
}

async function measure(what: string, execute: (request: SubgraphRequest) => Promise<ExecutionResult>): Promise<void> {
  const gateway = await bareGateway({ execute, config: { fetchDeadline: 10_000 } })
  await askMany(gateway, warmUp)
  const [before, begun] = [process.cpuUsage(), performance.now()]
  const latencies = await askMany(gateway, measured)
  const { user, system } = process.cpuUsage(before)
  const seconds = (performance.now() - begun) / 1_000
  const p95 = latencies.toSorted((one, other) => one - other)[Math.floor(measured * 0.95)] ?? Number.NaN
  const cpu = ((user + system) / 1_000 / measured).toFixed(2)
  const rate = (measured / seconds).toFixed(0)
  process.stdout.write(
    `${what}: ${cpu} ms of CPU each, ${rate} a second, p95 ${p95.toFixed(0)} ms, ${atOnce} at a time\n`,
  )
  await gateway.close(1_000)
}

async function askMany({ server }: Awaited<ReturnType<typeof bareGateway>>, requests: number): Promise<number[]> {
  const latencies: number[] = []
  const payload = { query }
  const asker = async () => {
    while (latencies.length < requests) {
      const from = performance.now()
      const { payload: text } = await server.inject({ method: 'POST', url: '/graphql', payload })
      if (!text.startsWith('{"data":{"products"')) throw new Error(text.slice(0, 500))
      latencies.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, asker))
  return latencies
}

async function compare(): Promise<void> {
  const child = fork(import.meta.filename, ['serve'])
  const [url] = (await once(child, 'message')) as [string]
  const link = httpSubgraph({ name: 'all', urls: [url], deadline: 10_000, log: createLogger('warn') })
  await measure('in process', (request) => Promise.resolve(answer(request)))
  await measure('over HTTP ', (request) => link.execute(request))
  await link.close()
  child.kill()
}

await (process.argv.includes('serve') ? serve() : compare())
