import {
  execute,
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  subscribe,
  validate,
  type DefinitionNode,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql'
import { LRUCache } from 'lru-cache'

import { asError, SoukError } from '../errors.ts'
import { maskError } from '../graphql/mask.ts'
import type { PassportControl } from '../identity/passport.ts'
import { viewerId, type Viewer } from '../identity/viewer.ts'
import type { Logger } from '../telemetry/logging.ts'
import { followTraces, inTrace } from '../telemetry/trace.ts'
import { traceparentFrom } from '../telemetry/traceparent.ts'
import { Cancellation } from '../work/cancellation.ts'
import { unlessCancelled } from '../work/deadline.ts'
import type { Subgraph, SubgraphRequest } from './subgraph.ts'

const cacheLimit = 1_000

export interface ExecutorParts<Context> {
  readonly schema: GraphQLSchema
  readonly passports: PassportControl
  readonly log: Logger
  /** What resolvers get; made anew for each request, so that its loaders batch and forget. */
  createContext(viewer: Viewer, request: SubgraphRequest): Context
}

type Failed = Required<Pick<ExecutionResult, 'errors'>>

interface Prepared {
  readonly document: DocumentNode
  /** Whether a mutation is in it. */
  readonly isChange: boolean
}

/** What graphql-js is given for a request. */
interface Asked extends Pick<Prepared, 'isChange'> {
  readonly given: ExecutionArgs
  /** Makes failures fit for the client, and logs them under the names of the operation and the viewer. */
  fit(result: ExecutionResult): ExecutionResult
}

/** Answers the gateway's operations; parses and validates each of them once. */
export function subgraphExecutor<Context>(parts: ExecutorParts<Context>): Pick<Subgraph, 'execute' | 'subscribe'> {
  const read = readerOf(parts)
  const failed = (thrown: unknown): Failed => ({ errors: [formatted(asGraphQLError(thrown), parts.log)] })

  async function answer(request: SubgraphRequest): Promise<ExecutionResult> {
    // Nobody waits for it: what would be done is not begun.
    request.cancellation?.throwIfCancelled()
    const trace = traceparentFrom(request.traceparent)
    try {
      const asked = await read(request)
      if ('errors' in asked) return asked
      const { given } = asked
      // What a change calls finds its trace. A query enters its trace only to log a failure.
      const result = await (asked.isChange ? inTrace(trace, async () => execute(given)) : execute(given))
      return result.errors === undefined ? result : inTrace(trace, () => asked.fit(result))
    } catch (thrown) {
      return inTrace(trace, () => failed(thrown))
    }
  }

  async function* answers(request: SubgraphRequest): AsyncGenerator<ExecutionResult, void> {
    const { cancellation = new Cancellation() } = request
    // As it goes on, so that whatever is logged of it bears the trace.
    const within = <Result>(work: () => Promise<Result>) =>
      inTrace(traceparentFrom(request.traceparent), () => unlessCancelled(work, cancellation))
    const leave = followTraces()
    let end = () => Promise.resolve<unknown>(undefined)
    try {
      const asked = await within(() => read(request))
      if ('errors' in asked) {
        yield asked
        return
      }
      const begun = await within(() => Promise.resolve(subscribe(asked.given)))
      if (!(Symbol.asyncIterator in begun)) {
        yield asked.fit(begun)
        return
      }
      end = () => begun.return(undefined)
      for (;;) {
        const next = await within(() => begun.next())
        if (next.done === true) return
        yield asked.fit(next.value)
      }
    } catch (thrown) {
      if (cancellation.reason === undefined) yield failed(thrown)
    } finally {
      // Not waited for: what is under way ends when it may.
      void end()
        .catch((thrown: unknown) => parts.log.warn({ err: asError(thrown) }, 'a subscription did not end well'))
        .finally(leave)
    }
  }

  return {
    execute: answer,
    subscribe: answers,
  }
}

function readerOf<Context>(parts: ExecutorParts<Context>): (request: SubgraphRequest) => Promise<Asked | Failed> {
  const prepare = preparingOnce(parts.schema)
  return async (request) => {
    const viewer = await parts.passports(request.passport)
    const prepared = prepare(request.query)
    if ('errors' in prepared) return prepared
    const { document, isChange } = prepared
    const { variables: variableValues, operationName } = request
    const contextValue = parts.createContext(viewer, request)
    return {
      given: { schema: parts.schema, document, variableValues, operationName, contextValue },
      isChange,
      fit: (result) => fit(result, parts.log.child({ operation: operationName, viewer: viewerId(viewer) })),
    }
  }
}

function fit(result: ExecutionResult, log: Logger): ExecutionResult {
  return result.errors === undefined
    ? result
    : { ...result, errors: result.errors.map((error) => formatted(error, log)) }
}

/** Parses and validates each document once. */
function preparingOnce(schema: GraphQLSchema): (query: string) => Prepared | Failed {
  const documents = new LRUCache<string, Prepared | Failed>({ max: cacheLimit })
  return (query) => {
    const known = documents.get(query)
    if (known !== undefined) return known
    const prepared = parseAndValidate(schema, query)
    documents.set(query, prepared)
    return prepared
  }
}

function parseAndValidate(schema: GraphQLSchema, query: string): Prepared | Failed {
  try {
    const document = parse(query)
    const errors = validate(schema, document)
    return errors.length === 0 ? { document, isChange: document.definitions.some(isMutation) } : { errors }
  } catch (thrown) {
    return { errors: [asGraphQLError(thrown)] }
  }
}

function isMutation(definition: DefinitionNode): boolean {
  return definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.MUTATION
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
