import { ApolloGateway, type GatewayConfig, type GraphQLDataSource } from '@apollo/gateway'
import type { QueryPlan } from '@apollo/query-planner'
import { isInterfaceType, type ExecutionResult, type GraphQLSchema } from 'graphql'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'

import { createLogger, type Logger } from '../../../platform/telemetry/logging.ts'
import type { Asker, Link } from '../../../gateway/fetch/link.ts'
import type { Planner } from '../../../gateway/engine/apollo/planner.ts'
import type {
  ExecutableOperation,
  Execution,
  ExecutionRequest,
  Executor,
  Path,
} from '../../../gateway/engine/executor.ts'
import { jsonFieldsOf } from '../../../gateway/http/json-fields.ts'
import { errorByClientNames, withClientNames, withClientPath } from '../../../gateway/engine/names.ts'

interface ApolloParts {
  readonly supergraphSdl: string
  /** The plans are the same as those of the executor that it is compared with. */
  readonly planner: Planner
  readonly log: Logger
  /** By the name of a subgraph. */
  readonly linkTo: (subgraph: string) => Link
}

/** Apollo's query planner and executor over the composed supergraph, without Apollo's server. */
async function apolloExecutor({ supergraphSdl, planner, log, linkTo }: ApolloParts): Promise<Executor> {
  // It would report its start to Apollo.
  process.env.APOLLO_TELEMETRY_DISABLED = 'true'
  const plans = planStore()
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: log,
    queryPlannerConfig: { cache: plans },
    // Apollo would hand the plan out, to whoever sends a header for it.
    __exposeQueryPlanExperimental: false,
    buildService: ({ name }) => dataSource(name, linkTo(name), () => planner.schema),
  })
  const { schema, executor } = await gateway.load()
  return {
    prepare: () => undefined,
    async run(operation, request) {
      const node = planner.plan(operation.document)
      await plans.set(operation.key, { kind: 'QueryPlan', ...(node && { node }) })
      return executionOf(await executor(requestContext(operation, request, { schema, log })), operation)
    },
    stop: () => gateway.stop(),
  }
}

/** In the place of our own executor. */
export function inApolloExecutor(supergraphSdl: string) {
  const log = createLogger('silent')
  return (planner: Planner, linkTo: ApolloParts['linkTo']): Executor => {
    const opened = apolloExecutor({ supergraphSdl, planner, log, linkTo })
    return {
      prepare: () => undefined,
      run: async (operation, request) => (await opened).run(operation, request),
      stop: async () => (await opened).stop(),
    }
  }
}

type PlanStore = NonNullable<NonNullable<GatewayConfig['queryPlannerConfig']>['cache']>

/** Where Apollo looks for a plan before it makes one. */
function planStore(): PlanStore {
  const plans = new LRUCache<string, QueryPlan>({ max: 100 })
  return {
    get: (key) => Promise.resolve(plans.get(key)),
    set: (key, plan) => Promise.resolve(void plans.set(key, plan)),
    delete: (key) => Promise.resolve(plans.delete(key)),
    clear: () => plans.clear(),
  }
}

function executionOf(result: ExecutionResult, operation: ExecutableOperation): Execution {
  const { data, errors = [] } = result
  return {
    data: data ? jsonFieldsOf(withClientNames(data, operation.clientNames)) : null,
    errors: errors.map((error) => errorByClientNames(error, operation.clientNames)),
    holes: holesIn(result, operation),
  }
}

const found = z.array(z.object({ path: z.array(z.union([z.string(), z.number()])).optional() }))

/**
 * When a field that may not be null came back empty, Apollo's executor gives the reason in `extensions.valueCompletion`
 * only.
 */
function holesIn({ extensions }: ExecutionResult, { clientNames }: ExecutableOperation): Path[] {
  const { data = [] } = found.safeParse(extensions?.valueCompletion)
  return data.map(({ path = [] }) => withClientPath(path, clientNames))
}

function dataSource(subgraph: string, link: Link, schema: () => GraphQLSchema): GraphQLDataSource {
  /** Apollo's executor takes the name of an interface, by which an `@interfaceObject` goes, for that of the entity, and then finds none of its fields. */
  function mended(answer: ExecutionResult): ExecutionResult {
    const entities: unknown = answer.data?._entities
    for (const entity of Array.isArray(entities) ? entities : []) {
      if (isNamedByInterface(entity)) delete entity.__typename
    }
    return answer
  }

  function isNamedByInterface(entity: unknown): entity is { __typename?: string } {
    const { __typename: name } = { __typename: undefined, ...(entity as { readonly __typename?: string } | null) }
    return name !== undefined && isInterfaceType(schema().getType(name))
  }

  return {
    async process({ request, context }) {
      const { asker }: Partial<ApolloContext> = context
      if (asker === undefined) throw new Error('a fetch of nobody')
      const { query = '', operationName, variables = {} } = request
      return mended({ ...(await link({ subgraph, query, operationName, variables, asker }, asker.cancellation)) })
    },
  }
}

interface ApolloContext {
  readonly asker: Asker
}

interface ContextParts {
  readonly schema: GraphQLSchema
  readonly log: Logger
}

type RequestContext = Parameters<ApolloGateway['executor']>[0]

function requestContext(
  { key, document, operation }: ExecutableOperation,
  { given, asker }: ExecutionRequest,
  { schema, log }: ContextParts,
): RequestContext {
  const context: Omit<RequestContext, 'cache' | 'schemaHash' | 'source' | 'overallCachePolicy'> = {
    request: { variables: { ...given } },
    logger: log,
    schema,
    context: { asker },
    queryHash: key,
    document,
    operation,
    operationName: operation.name?.value ?? null,
    metrics: {},
  }
  // The executor reads none of the four that are left out: they are for plugins of Apollo's server, which is not here.
  return context as RequestContext
}
