import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { ask, launchGateway, type GatewayProcess } from './gateway-process.ts'
import {
  catalogueSdl,
  catalogueSubgraph,
  composed,
  ratedReviewsSdl,
  reviewsSdl,
  reviewsSubgraph,
  type SmallSubgraph,
} from './small-graph.ts'

const swaps = 24
const clients = 20
/** Milliseconds that a subgraph takes: requests are under way at each swap. */
const latency = 20

let folder: string
let file: string
let catalogue: SmallSubgraph
let critics: readonly [SmallSubgraph, SmallSubgraph]
let gateway: GatewayProcess

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-swaps-'))
  file = join(folder, 'supergraph.graphql')
  catalogue = await catalogueSubgraph()
  critics = await Promise.all([reviewsSubgraph('Ada', latency), reviewsSubgraph('Bea', latency)])
  await replace(graphOf(0))
  gateway = launchGateway(['--supergraph', file], { RATE_PER_ADDRESS: '1000000' })
  await gateway.url
})

afterAll(async () => {
  gateway.signal('SIGTERM')
  expect(await gateway.ended).toBe(0)
  await Promise.all([catalogue, ...critics].map((subgraph) => subgraph.close()))
  await rm(folder, { recursive: true })
})

/** Even ones are Ada's, odd ones are Bea's and have a field more. */
function graphOf(turn: number): string {
  const [url, sdl] = turn % 2 === 0 ? [critics[0].url, reviewsSdl] : [critics[1].url, ratedReviewsSdl]
  return `${composed([
    { name: 'catalogue', url: catalogue.url, sdl: catalogueSdl },
    { name: 'reviews', url, sdl },
  ])}\n# ${turn}`
}

async function replace(text: string): Promise<void> {
  await writeFile(`${file}.new`, text)
  await rename(`${file}.new`, file)
}

/** Asks both subgraphs, one of them twice, and the schema itself: whatever graph answers shows in each part. */
const query = `query Whole {
  books { title reviews { by } }
  critic
  __type(name: "Book") { fields { name } }
}`

function answerOf(by: string, fields: readonly string[]) {
  const reviews = [{ by }]
  return {
    data: {
      books: [
        { title: 'Middlemarch', reviews },
        { title: 'Emma', reviews },
      ],
      critic: by,
      __type: { fields: fields.map((name) => ({ name })) },
    },
  }
}
const wholes = [answerOf('Ada', ['id', 'title', 'reviews']), answerOf('Bea', ['id', 'title', 'reviews', 'rating'])].map(
  (answer) => JSON.stringify(answer),
)

it(`${swaps} supergraphs one after the other fail no request, and mix in no answer`, async () => {
  const url = await gateway.url
  const seen = new Map<string, number>()
  const graphs = Array.from({ length: swaps }, (_, at) => graphOf(at + 1))
  let asking = true
  const client = async () => {
    while (asking) {
      const { status, json } = await ask(url, query)
      const answer = `${status} ${JSON.stringify(json)}`
      seen.set(answer, (seen.get(answer) ?? 0) + 1)
    }
  }
  const all = Promise.all(Array.from({ length: clients }, client))
  const served = () => gateway.logged.filter(({ msg }) => msg === 'another supergraph is served').length
  for (const [at, graph] of graphs.entries()) {
    await replace(graph)
    await expect.poll(served, { timeout: 30_000 }).toBe(at + 1)
  }
  asking = false
  await all
  expect([...seen.keys()].toSorted()).toEqual(wholes.map((whole) => `200 ${whole}`).toSorted())
  expect(Math.min(...seen.values())).toBeGreaterThan(clients)
  // All but the one that is served now have ended.
  const ended = () => gateway.logged.filter(({ msg }) => msg === 'the last request of a former supergraph has ended')
  await expect.poll(() => ended().length).toBe(swaps)
  expect(gateway.logged.filter(({ level }) => level !== 'info')).toEqual([])
})
