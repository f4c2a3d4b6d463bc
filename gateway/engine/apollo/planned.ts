import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway'
import {
  isScalarType,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'

import { currencyCodeScalar, dateTimeScalar, minorUnitsScalar } from '../../../platform/graphql/scalars.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import { disableTelemetry } from '../../config.ts'
import type { Asker, Link } from '../../fetch/link.ts'

/** An operation of names of our own, ready to be planned: what is planned once is kept under its key. */
export interface PlannedOperation {
  readonly key: string
  /** Holds this one operation, and the fragments that it spreads. */
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
}

export interface Planned {
  /** What clients may ask for. */
  readonly schema: GraphQLSchema
  /** Plans the operation, the first time, and fetches what the plan says. */
  run(operation: PlannedOperation, variables: Variables, asker: Asker): Promise<ExecutionResult>
  stop(): Promise<void>
}

export type Variables = Readonly<Record<string, unknown>>

interface PlannedParts {
  readonly supergraphSdl: string
  readonly log: Logger
  /** By the name of a subgraph. */
  readonly linkTo: (subgraph: string) => Link
}

/** Apollo's query planner and executor over the composed supergraph, without Apollo's server. */
export async function planWithApollo({ supergraphSdl, log, linkTo }: PlannedParts): Promise<Planned> {
  disableTelemetry()
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: log,
    // Apollo would hand the plan out, to whoever sends a header for it.
    __exposeQueryPlanExperimental: false,
    buildService: ({ name }) => dataSource(name, linkTo(name)),
  })
  const { schema, executor } = await gateway.load()
  knowScalars(schema)
  return {
    schema,
    run: (planned, variables, asker) => executor(requestContext({ schema, log, planned, variables, asker })),
    stop: () => gateway.stop(),
  }
}

/** Their values are parsed here already: a wrong one is refused before anything is fetched. */
function knowScalars(schema: GraphQLSchema): void {
  for (const scalar of [dateTimeScalar, minorUnitsScalar, currencyCodeScalar]) {
    const known = schema.getType(scalar.name)
    if (isScalarType(known)) Object.assign(known, { parseValue: scalar.parseValue, parseLiteral: scalar.parseLiteral })
  }
}

function dataSource(subgraph: string, link: Link): GraphQLDataSource {
  return {
    async process({ request, context }) {
      const { asker }: Partial<ApolloContext> = context
      if (asker === undefined) throw new Error('a fetch of nobody')
      const { query = '', operationName, variables = {} } = request
      return { ...(await link({ subgraph, query, operationName, variables, asker }, asker.signal)) }
    },
  }
}

interface ApolloContext {
  readonly asker: Asker
}

interface ContextParts {
  readonly schema: GraphQLSchema
  readonly log: Logger
  readonly planned: PlannedOperation
  readonly variables: Variables
  readonly asker: Asker
}

type RequestContext = Parameters<ApolloGateway['executor']>[0]

function requestContext({ schema, log, planned, variables, asker }: ContextParts): RequestContext {
  const { key, document, operation } = planned
  const context: Omit<RequestContext, 'cache' | 'schemaHash' | 'source' | 'overallCachePolicy'> = {
    request: { variables: { ...variables } },
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
