import { ApolloGateway } from '@apollo/gateway'

import { disableTelemetry } from '../../config.ts'
import type { GatewayDependencies } from '../../dependencies.ts'
import { subgraphDataSource } from './data-source.ts'

/** Apollo's query planner and executor over the committed supergraph; each fetch goes through `subgraphDataSource`. */
export function createExecutor({
  supergraphSdl,
  subgraphs,
  passports,
  config,
  log,
}: GatewayDependencies): ApolloGateway {
  disableTelemetry()
  return new ApolloGateway({
    supergraphSdl,
    logger: log,
    buildService({ name }) {
      const link = subgraphs.get(name)
      if (link === undefined) throw new Error(`supergraph.graphql names a subgraph that does not run here: ${name}`)
      return subgraphDataSource({ name, link, passports, log, deadline: config.fetchDeadline })
    },
  })
}
