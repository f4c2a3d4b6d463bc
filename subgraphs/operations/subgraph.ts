import { defineSubgraph } from '../../platform/subgraph/define.ts'
import type { SubgraphDependencies } from '../../platform/subgraph/deps.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'
import type { Context } from './graph/context.ts'
import { permissions } from './graph/permissions.ts'
import { createResolvers } from './graph/resolvers.ts'

export function createOperationsSubgraph(dependencies: SubgraphDependencies): Subgraph {
  return defineSubgraph<Context>(
    {
      name: 'operations',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      sharedSchemas: new URL('../../contracts/graph/', import.meta.url),
      resolvers: createResolvers(dependencies.bus),
      permissions,
      createContext: (viewer) => ({ viewer }),
    },
    dependencies,
  )
}
