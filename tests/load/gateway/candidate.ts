/**
 * A process that is one of the gateways to be compared, in front of canned subgraphs: `candidate.ts own|keeping|stock <subgraphs' url>`.
 * Stock is Apollo's gateway with the HTTP client it comes with, behind a bare server of Node's: Apollo's own server would add to it.
 * Sends its address; then, whenever asked, the CPU it has used so far in microseconds, and its memory in bytes: all of it, and what its objects
 * take, which is what is left of them where Node is started with `--expose-gc`.
 */
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

import { ApolloGateway } from '@apollo/gateway'
import { Kind, parse, type OperationDefinitionNode } from 'graphql'
import { LRUCache } from 'lru-cache'

import type { Changes } from '../../../gateway/cache/changes.ts'
import { httpSubgraph } from '../../../gateway/fetch/http/http-subgraph.ts'
import { createGateway } from '../../../gateway/gateway.ts'
import { systemClock } from '../../../platform/clock.ts'
import { errandControl } from '../../../platform/identity/errand.ts'
import { passportKeysFrom } from '../../../platform/identity/passport-keys.ts'
import { passportOffice } from '../../../platform/identity/passport.ts'
import { visitor } from '../../../platform/identity/viewer.ts'
import { createLogger } from '../../../platform/telemetry/logging.ts'
import { madeUpSubgraphs } from '../../federation/differential/made-up-subgraphs.ts'
import { supergraphSdl, type Operation } from './operations.ts'

const [, , kind = '', subgraphsAt = ''] = process.argv
const names = [...madeUpSubgraphs({ nulls: 0, failures: 0 }).keys()]
const urlOf = (name: string) => `${subgraphsAt}/${name}/graphql`

const nothingChanges: Changes = {
  listen(_messages, listener) {
    listener.follows()
    return { stop: () => Promise.resolve() }
  },
}

/** With every policy, and nothing that is asked too often. */
async function own(): Promise<number> {
  const log = createLogger('warn')
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const { privateKey, publicKey } = await passportKeysFrom(pem)
  const unlimited = { capacity: 1e9, fillsIn: 1_000 }
  const gateway = await createGateway({
    supergraphSdl,
    subgraphs: new Map(names.map((name) => [name, httpSubgraph({ name, urls: [urlOf(name)], deadline: 20_000, log })])),
    identify: () => Promise.resolve(visitor),
    passports: passportOffice({ privateKey, clock: systemClock }),
    readErrand: errandControl({ publicKey, clock: systemClock }),
    jwks: () => Promise.resolve({ keys: [] }),
    log,
    // It keeps no answers where nothing tells of changes.
    ...(kind === 'keeping' && { changes: nothingChanges }),
    config: {
      production: true,
      graphiqlFolder: '',
      fetchDeadline: 20_000,
      rates: { person: unlimited, address: unlimited, costPerToken: 1_000 },
      hosts: { bind: '127.0.0.1', allowed: undefined },
      corsOrigins: [],
    },
  })
  const { port } = await gateway.listen({ host: '127.0.0.1', port: 0 })
  return port
}

async function stock(): Promise<number> {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true'
  const located = supergraphSdl.replaceAll(
    /@join__graph\(name: "([^"]+)", url: "[^"]*"\)/g,
    (_whole, name: string) => `@join__graph(name: "${name}", url: "${urlOf(name)}")`,
  )
  const gateway = new ApolloGateway({ supergraphSdl: located, logger: createLogger('warn') })
  const { schema, executor } = await gateway.load()
  const documents = new LRUCache<string, ReturnType<typeof parse>>({ max: 1_000 })

  async function answer({ query, operationName, variables }: Operation): Promise<string> {
    const document = documents.get(query) ?? parse(query)
    documents.set(query, document)
    const operation = document.definitions.find(
      (each): each is OperationDefinitionNode =>
        each.kind === Kind.OPERATION_DEFINITION && each.name?.value === operationName,
    )
    // What is left out is for plugins of Apollo's server.
    const context = {
      ...{ request: { query, operationName, variables }, document, operation, operationName, schema },
      ...{ queryHash: `${operationName} ${query.length}`, context: {}, metrics: {}, logger: createLogger('warn') },
    } as unknown as Parameters<typeof executor>[0]
    return JSON.stringify(await executor(context))
  }

  const server = createServer((request, response) => {
    void json(request)
      .then((operation) => answer(operation as Operation))
      .then((text) => response.writeHead(200, { 'content-type': 'application/json' }).end(text))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

process.on('message', () => {
  globalThis.gc?.()
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed } = process.memoryUsage()
  process.send?.({ cpu: user + system, memory: rss, objects: heapUsed })
})
const port = await (kind === 'stock' ? stock() : own())
process.send?.(`http://127.0.0.1:${port}/graphql`)
