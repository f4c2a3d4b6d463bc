import cluster from 'node:cluster'
import { setTimeout as pass } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { watchingBus } from '../../platform/process/bus.ts'
import { sharedByGateways } from '../../platform/process/replicas.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { Stack } from '../../platform/work/stack.ts'
import { changesOn } from '../cache/bus-changes.ts'
import { configuredGateway } from '../configured.ts'
import { operationsOf } from '../registered-operations.ts'
import { UnusableSupergraph } from '../supergraph.ts'
import { readArguments } from './arguments.ts'
import { readGatewayProcessConfig, type Environment, type GatewayProcessConfig } from './config.ts'
import { followSupergraph } from './follow-supergraph.ts'
import { linkIn, openGraph, type GraphSource } from './graph-source.ts'
import { soukIdentity } from './identity.ts'
import { linkPool } from './link-pool.ts'
import { unusable, type SupergraphFile } from './supergraph-file.ts'

/** Milliseconds that open requests are waited for. */
const drainPatience = 10_000
const clientsFolder = fileURLToPath(new URL('../../clients', import.meta.url))
const graphiqlFolder = fileURLToPath(new URL('../../clients/graphiql/dist', import.meta.url))

/**
 * Starts the gateway in front of subgraphs that are processes of their own, whether they run yet or not: Souk's, or with
 * `--supergraph FILE` those of any supergraph.
 * @throws ConfigError
 */
export async function startGateway(environment?: Environment, args: readonly string[] = []) {
  const config = readGatewayProcessConfig(environment)
  const log = createLogger(config.LOG_LEVEL).child({
    process: 'gateway',
    ...(cluster.isWorker && { worker: process.pid }),
  })
  const file = supergraphFile(config, readArguments(args).supergraph)
  const foreign = file.option === '--supergraph'
  const deadline = config.FETCH_DEADLINE_MS
  const stack = new Stack()
  const links = linkPool({ deadline, log, probe: foreign ? 'operation' : 'paths' })
  stack.onStop(() => links.close())
  const source: GraphSource = { file, links, environment, required: foreign ? [] : ['users'] }
  let graph = await openGraph(source)
  const identity = foreign
    ? undefined
    : await soukIdentity({ environment, users: () => linkIn(graph, 'users'), deadline, log })
  const registered = await operationsOf(config, { otherwise: foreign ? undefined : clientsFolder, log })
  const bus = foreign ? undefined : watchingBus(config, { log })
  stack.onStop(async () => bus?.stop())
  const shared = await sharedByGateways({ config, log, onStop: (end) => stack.onStop(end) })
  const gateway = await configuredGateway({
    ...{ config, log, graphiqlFolder, foreign, ...graph, ...shared, ...identity },
    ...(registered && { registered }),
    changes: bus && changesOn({ bus, log }),
    production: config.NODE_ENV === 'production',
    readyInPart: true,
    readyWhenWarm: true,
  }).catch((thrown: unknown) => {
    throw thrown instanceof UnusableSupergraph ? unusable(file, thrown) : thrown
  })
  const { port } = await gateway.listen({ host: config.HOST, port: config.PORT })
  log.info({ port }, 'listening')
  const warm = gateway.warm()
  identity?.readKeys()
  const following = await followSupergraph({ source, gateway, served: graph, onServed: (next) => (graph = next), log })
  return {
    log,
    port,
    /** Resolves when registered operations are prepared: it is not ready before. */
    warm,
    async stop() {
      following.stop()
      gateway.leave()
      await pass(config.LEAVE_MS)
      await gateway.close(drainPatience)
      await stack.stop()
    },
  }
}

function supergraphFile({ SOUK_SUPERGRAPH }: GatewayProcessConfig, given: string | undefined): SupergraphFile {
  return given === undefined
    ? { path: SOUK_SUPERGRAPH, option: 'SOUK_SUPERGRAPH' }
    : { path: given, option: '--supergraph' }
}
