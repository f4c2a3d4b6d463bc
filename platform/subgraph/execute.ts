import {
  execute,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql'
import { LRUCache } from 'lru-cache'

import { asError, SoukError } from '../errors.ts'
import { maskError } from '../graphql/mask.ts'
import type { PassportControl } from '../identity/passport.ts'
import { viewerId, type Viewer } from '../identity/viewer.ts'
import type { Logger } from '../telemetry/logging.ts'
import { inTrace, traceparentFrom } from '../telemetry/trace.ts'
import type { SubgraphRequest } from './subgraph.ts'

const cacheLimit = 1_000

export interface ExecutorParts<Context> {
  readonly schema: GraphQLSchema
  readonly passports: PassportControl
  readonly log: Logger
  /** What resolvers get; made anew for each request, so that its loaders batch and forget. */
  createContext(viewer: Viewer, request: SubgraphRequest): Context
}

/** Answers the gateway's operations; parses and validates each of them once. */
export function subgraphExecutor<Context>(parts: ExecutorParts<Context>) {
  const documents = new LRUCache<string, DocumentNode | readonly GraphQLError[]>({ max: cacheLimit })

  function prepare(query: string): DocumentNode | readonly GraphQLError[] {
    const known = documents.get(query)
    if (known !== undefined) return known
    const prepared = parseAndValidate(parts.schema, query)
    documents.set(query, prepared)
    return prepared
  }

  return (request: SubgraphRequest): Promise<ExecutionResult> =>
    inTrace(traceparentFrom(request.traceparent), async () => {
      // Nobody waits for it: what would be done is not begun.
      request.signal?.throwIfAborted()
      try {
        const viewer = await parts.passports(request.passport)
        const document = prepare(request.query)
        if (!('kind' in document)) return { errors: document }
        const result = await execute({
          schema: parts.schema,
          document,
          variableValues: request.variables,
          operationName: request.operationName,
          contextValue: parts.createContext(viewer, request),
        })
        if (result.errors === undefined) return result
        const log = parts.log.child({ operation: request.operationName, viewer: viewerId(viewer) })
        return { ...result, errors: result.errors.map((error) => formatted(error, log)) }
      } catch (thrown) {
        return { errors: [formatted(asGraphQLError(thrown), parts.log)] }
      }
    })
}

function parseAndValidate(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parse(query)
    const errors = validate(schema, document)
    return errors.length === 0 ? document : errors
  } catch (thrown) {
    return [asGraphQLError(thrown)]
  }
}

function asGraphQLError(thrown: unknown): GraphQLError {
  if (thrown instanceof GraphQLError) return thrown
  const error = thrown instanceof SoukError ? thrown : asError(thrown)
  return new GraphQLError(error.message, { originalError: error })
}

function formatted(error: GraphQLError, log: Logger): GraphQLError {
  const { message, path, extensions } = maskError(error, log)
  return new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null })
}
