/**
 * What no gateway on Node's server can go below: `floor.ts <subgraphs' url> <operation's name>` is a bare server of Node's that, for each request,
 * reads its JSON, sends the requests that the gateway would send to subgraphs, level by level, reads the JSON of their answers, and
 * answers what the gateway has answered once. It plans, merges, writes and checks nothing. Sends its address, and whenever asked
 * what it has used.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

import { httpClient } from '../../../gateway/fetch/client/client.ts'
import { messageOf } from '../../../gateway/fetch/client/message.ts'
import { httpSubgraph } from '../../../gateway/fetch/http/http-subgraph.ts'
import type { SubgraphLink } from '../../../gateway/dependencies.ts'
import { createLogger } from '../../../platform/telemetry/logging.ts'
import { Cancellation } from '../../../platform/work/cancellation.ts'
import { madeUpSubgraphs } from '../../federation/differential/made-up-subgraphs.ts'
import { engineHere } from './engine-here.ts'
import { measuredOperations } from './operations.ts'
import { reportUse } from './use.ts'

const [, , subgraphsAt = '', operationName = ''] = process.argv
const log = createLogger('warn')

/** The requests of one operation, by what was answered before each was sent; and its answer. */
async function recorded(): Promise<{ levels: readonly (readonly string[])[]; answer: Buffer }> {
  const levels: string[][] = []
  let answered = 0
  const recording = (name: string): SubgraphLink => {
    const link = httpSubgraph({ name, urls: [`${subgraphsAt}/${name}/graphql`], deadline: 20_000, log })
    return {
      ready: () => Promise.resolve(true),
      async execute(request) {
        const { query, variables, operationName: called } = request
        const headers = { 'content-type': 'application/json', accept: 'application/json' }
        const body = JSON.stringify({ query, variables, operationName: called })
        const message = messageOf(
          { method: 'POST', path: `/${name}/graphql`, headers, body },
          new URL(subgraphsAt).host,
        )
        const level = (levels[answered] ??= [])
        level.push(message.toString())
        const answer = await link.execute(request)
        answered += 1
        return answer
      },
    }
  }
  const names = [...madeUpSubgraphs({ nulls: 0, failures: 0 }).keys()]
  const operation = measuredOperations().find((each) => each.operationName === operationName)
  if (operation === undefined) throw new Error(`there is no operation ${operationName}`)
  const answer = await engineHere(new Map(names.map((name) => [name, recording(name)])))(operation)
  return { levels: levels.filter((level) => level.length > 0), answer }
}

const { hostname, port } = new URL(subgraphsAt)
const client = httpClient({ origin: { host: hostname, port: Number(port) }, largest: 32 * 1_048_576 })
const { levels, answer } = await recorded()
const asking = { cancellation: new Cancellation(), mayShare: true, judge: () => undefined }

async function fetchAll(): Promise<void> {
  for (const level of levels) {
    const answers = await Promise.all(level.map((message) => client.ask(message, asking)))
    for (const text of answers) JSON.parse(text)
  }
}

const server = createServer((request, response) => {
  void buffer(request)
    .then((body) => JSON.parse(body.toString()) as unknown)
    .then(fetchAll)
    .then(() =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer),
    )
})
server.keepAliveTimeout = 120_000
reportUse()
server.listen(0, '127.0.0.1', () =>
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`),
)
