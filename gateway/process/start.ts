import { readFile } from 'node:fs/promises'
import { setTimeout as pass } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { parse } from 'graphql'

import { systemClock } from '../../platform/clock.ts'
import { ConfigError } from '../../platform/config.ts'
import { asError } from '../../platform/errors.ts'
import { errandControl } from '../../platform/identity/errand.ts'
import { passportKeysFrom, type PassportKeys } from '../../platform/identity/passport-keys.ts'
import { passportOffice } from '../../platform/identity/passport.ts'
import { sharedByGateways } from '../../platform/process/replicas.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { Stack } from '../../platform/work/stack.ts'
import { configuredGateway } from '../configured.ts'
import { httpSubgraph, type HttpSubgraph } from '../fetch/http/http-subgraph.ts'
import { keysFrom } from '../fetch/http/keys.ts'
import { registeredOperations } from '../registered-operations.ts'
import { readGatewayProcessConfig, readSubgraphUrls, type Environment, type GatewayProcessConfig } from './config.ts'
import { subgraphUrls } from '../supergraph.ts'

/** Milliseconds that open requests are waited for. */
const drainPatience = 10_000
const graphiqlFolder = fileURLToPath(new URL('../../clients/graphiql/dist', import.meta.url))

/** Starts the gateway in front of subgraphs that are processes of their own, whether they run yet or not. */
export async function startGateway(environment?: Environment) {
  const config = readGatewayProcessConfig(environment)
  const log = createLogger(config.LOG_LEVEL).child({ process: 'gateway' })
  const { privateKey, publicKey } = await passportKeys(config)
  const supergraphSdl = await readSupergraph(config)
  const urls = readSubgraphUrls(subgraphUrls(parse(supergraphSdl)), environment)
  const deadline = config.FETCH_DEADLINE_MS
  const subgraphs = new Map([...urls].map(([name, urls]) => [name, httpSubgraph({ name, urls, deadline, log })]))
  const jwks = keysFrom(usersAmong(subgraphs), { deadline, log })
  const stack = new Stack()
  const shared = await sharedByGateways({ config, log, onStop: (end) => stack.onStop(end) })
  const gateway = await configuredGateway({
    ...{ config, supergraphSdl, subgraphs, jwks, log, graphiqlFolder, ...shared },
    passports: passportOffice({ privateKey, clock: systemClock }),
    readErrand: errandControl({ publicKey, clock: systemClock }),
    registered: () => registeredOperations(config.SOUK_OPERATIONS, log),
    production: config.NODE_ENV === 'production',
    readyInPart: true,
    readyWhenWarm: true,
  })
  const { port } = await gateway.listen({ host: config.HOST, port: config.PORT })
  log.info({ port }, 'listening')
  const warm = gateway.warm()
  // Known already, they are good when users goes down before anybody has asked. What fails here is tried at the first token.
  jwks().catch((thrown: unknown) => log.info({ err: asError(thrown) }, 'users has no keys yet'))
  return {
    log,
    port,
    /** Resolves when registered operations are prepared: it is not ready before. */
    warm,
    async stop() {
      gateway.leave()
      await pass(config.LEAVE_MS)
      await gateway.close(drainPatience)
      await Promise.all([...subgraphs.values()].map((subgraph) => subgraph.close()))
      await stack.stop()
    },
  }
}

function usersAmong(subgraphs: ReadonlyMap<string, HttpSubgraph>): HttpSubgraph {
  const users = subgraphs.get('users')
  if (users === undefined) throw new ConfigError('the supergraph has no subgraph users, which has the keys of tokens')
  return users
}

async function passportKeys({ PASSPORT_PRIVATE_KEY: pem }: GatewayProcessConfig): Promise<PassportKeys> {
  try {
    return await passportKeysFrom(pem)
  } catch (cause) {
    throw new ConfigError('PASSPORT_PRIVATE_KEY is not valid: expected a private key of Ed25519 as PEM', { cause })
  }
}

async function readSupergraph({ SOUK_SUPERGRAPH: path }: GatewayProcessConfig): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new ConfigError(`SOUK_SUPERGRAPH is ${JSON.stringify(path)}: expected a file that can be read`, { cause })
  }
}
