import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { eventually } from '../support/shopping.ts'
import { launchGateway, type GatewayProcess } from './gateway-process.ts'
import { composed, reviewsSdl, reviewsSubgraph, type SmallSubgraph } from './small-graph.ts'

/** Milliseconds that the subgraph takes: requests are under way while workers leave, and leave them room to start. */
const latency = 50

let folder: string
let file: string
let subgraph: SmallSubgraph
let gateway: GatewayProcess

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-workers-'))
  file = join(folder, 'supergraph.graphql')
  subgraph = await reviewsSubgraph('Ada', latency)
  await writeFile(file, composed([{ name: 'reviews', url: subgraph.url, sdl: reviewsSdl }]))
  gateway = launchGateway(['--supergraph', file], { WORKERS: '2', RATE_PER_ADDRESS: '1000000', LEAVE_MS: '200' })
  await said('ready', 1)
})

afterAll(async () => {
  await subgraph.close()
  await rm(folder, { recursive: true })
})

/** Lines of the log, with what they say. */
const lines = (msg: string) => gateway.logged.filter((line) => line.msg === msg)
const said = (msg: string, times: number) =>
  eventually(
    () => Promise.resolve(lines(msg)),
    (found) => found.length >= times,
    { what: `the log says ${JSON.stringify(msg)} ${times} times`, within: 60_000 },
  )

/** Asks over a connection of its own, so that any worker may answer, unless there is an agent that keeps them. */
function askOnce(url: string, agent: Agent | false = false): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' }
    const asked = request(`${url}/graphql`, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())))
      response.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(JSON.stringify({ query: '{ critic }' }))
  })
}

/** Four clients, one request after the other, until they are stopped, two of them over connections that they keep. */
function keepAsking(url: string) {
  let goOn = true
  const clients = Array.from({ length: 4 }, async (_, number) => {
    const answers: unknown[] = []
    const agent = number % 2 === 0 ? new Agent({ keepAlive: true, maxSockets: 1 }) : false
    while (goOn) answers.push(await askOnce(url, agent).catch((thrown: unknown) => String(thrown)))
    return answers
  })
  return async () => {
    goOn = false
    return (await Promise.all(clients)).flat()
  }
}

/** Where they listen: port 0 is another one when no worker had it any more. */
const address = () => `http://127.0.0.1:${String(lines('listening').at(-1)?.port)}`

const right = { data: { critic: 'Ada' } }
const pids = (msg: string) => new Set(lines(msg).map(({ worker }) => worker))

it('two workers share the port', async () => {
  expect(new Set(lines('listening').map(({ port }) => port)).size).toBe(1)
  expect(pids('listening').size).toBe(2)
})

it('all are replaced at SIGUSR2, and no request is lost', async () => {
  const stop = keepAsking(address())
  gateway.signal('SIGUSR2')
  await said('each worker was replaced', 1)
  const answers = await stop()
  expect(answers.length).toBeGreaterThan(50)
  expect(answers.filter((answer) => JSON.stringify(answer) !== JSON.stringify(right))).toEqual([])
  expect(pids('listening').size).toBe(4)
})

it('one that is killed is replaced, and the other answers meanwhile', async () => {
  const [victim] = [...pids('listening')].slice(-1)
  process.kill(Number(victim), 'SIGKILL')
  await said('a worker ended by itself; another takes its place', 1)
  expect(await askOnce(address())).toEqual(right)
  await said('listening', 5)
  expect(await askOnce(address())).toEqual(right)
})

it('all that are killed are replaced', async () => {
  const [former, latest] = [...pids('listening')].slice(-3).filter((_, index) => index !== 1)
  for (const victim of [former, latest]) process.kill(Number(victim), 'SIGKILL')
  await said('a worker ended by itself; another takes its place', 3)
  await said('listening', 7)
  expect(await askOnce(address())).toEqual(right)
})

it('a reload that cannot be leaves the old ones serving', async () => {
  const good = composed([{ name: 'reviews', url: subgraph.url, sdl: reviewsSdl }])
  await writeFile(file, 'type Query { nonsense')
  gateway.signal('SIGUSR2')
  await said('the other workers are not replaced', 1)
  expect(await askOnce(address())).toEqual(right)
  await writeFile(file, good)
})

it('SIGHUP reaches each', async () => {
  gateway.signal('SIGHUP')
  await said('SIGHUP: the supergraph is read again', 2)
})

it('SIGTERM ends all of them', async () => {
  gateway.signal('SIGTERM')
  expect(await gateway.ended).toBe(0)
  for (const pid of pids('listening')) expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH')
})

it('does not run with a supergraph that cannot be served', async () => {
  await writeFile(file, 'type Query { nonsense')
  const refused = launchGateway(['--supergraph', file], { WORKERS: '2' })
  expect(await refused.ended).toBe(1)
  expect(refused.logged.at(-1)).toMatchObject({ msg: 'cannot start: a worker ended before it was ready' })
})
