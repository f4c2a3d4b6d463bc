/**
 * A process that is one of the gateways to be compared, in front of canned subgraphs: `candidate.ts own|keeping|stock <subgraphs' url>`.
 * Stock is Apollo's server with Apollo's gateway, as their documentation starts them.
 * Sends its address; then, whenever asked, what it has used.
 */
import { generateKeyPairSync } from 'node:crypto'

import { ApolloGateway } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'

import type { Changes } from '../../../gateway/cache/changes.ts'
import { httpSubgraph } from '../../../gateway/fetch/http/http-subgraph.ts'
import { createGateway } from '../../../gateway/gateway.ts'
import { systemClock } from '../../../platform/clock.ts'
import { errandControl } from '../../../platform/identity/errand.ts'
import { passportKeysFrom } from '../../../platform/identity/passport-keys.ts'
import { passportOffice } from '../../../platform/identity/passport.ts'
import { createLogger } from '../../../platform/telemetry/logging.ts'
import { madeUpSubgraphs } from '../../federation/differential/made-up-subgraphs.ts'
import { supergraphSdl } from './operations.ts'
import { reportUse } from './use.ts'

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
    identify: (token) => Promise.resolve({ kind: 'user', id: token, roles: ['SHOPPER'] }),
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
  const logger = createLogger('warn')
  const gateway = new ApolloGateway({ supergraphSdl: located, logger })
  const server = new ApolloServer({ gateway, logger, introspection: false })
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } })
  return Number(new URL(url).port)
}

reportUse()
const port = await (kind === 'stock' ? stock() : own())
process.send?.(`http://127.0.0.1:${port}/graphql`)
