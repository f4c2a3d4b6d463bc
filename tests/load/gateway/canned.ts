/** A process that answers in the place of all subgraphs, at `/<name>/graphql`: each request once made up, and then out of memory. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

import { LRUCache } from 'lru-cache'

import { madeUpSubgraphs } from '../../federation/differential/made-up-subgraphs.ts'

const subgraphs = madeUpSubgraphs({ nulls: 0, failures: 0, elements: 8 })
/** As many as are asked again, and no more: documents may be new for ever. */
const canned = new LRUCache<string, Buffer>({ max: 2_000 })

async function answerTo(path: string, body: string): Promise<Buffer> {
  const key = `${path} ${body}`
  const known = canned.get(key)
  if (known !== undefined) return known
  const subgraph = subgraphs.get(path.split('/')[1] ?? '')
  const made = Buffer.from(JSON.stringify(await subgraph?.execute(JSON.parse(body))))
  canned.set(key, made)
  return made
}

const server = createServer((request, response) => {
  void buffer(request)
    .then((body) => answerTo(request.url ?? '', body.toString()))
    .then((answer) =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer),
    )
})
// Longer than one candidate waits for the other: who asks over a connection that is being closed has no answer.
server.keepAliveTimeout = 120_000
server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
