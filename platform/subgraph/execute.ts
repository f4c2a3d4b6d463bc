import {
  execute,
  GraphQLError,
  parse,
  subscribe,
  validate,
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
import { inTrace } from '../telemetry/trace.ts'
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

/** Answers the gateway's operations; parses and validates each of them once. */
export function subgraphExecutor<Context>(parts: ExecutorParts<Context>): Pick<Subgraph, 'execute' | 'subscribe'> {
  const prepare = preparingOnce(parts.schema)

  /** What graphql-js is given for a request, and under whose name failures are logged. */
  async function read(request: SubgraphRequest): Promise<{ given: ExecutionArgs; log: Logger } | Failed> {
    const viewer = await parts.passports(request.passport)
    const document = prepare(request.query)
    if (!('kind' in document)) return { errors: document }
    const { variables: variableValues, operationName } = request
    const contextValue = parts.createContext(viewer, request)
    return {
      given: { schema: parts.schema, document, variableValues, operationName, contextValue },
      log: parts.log.child({ operation: operationName, viewer: viewerId(viewer) }),
    }
  }

  const failed = (thrown: unknown): Failed => ({ errors: [formatted(asGraphQLError(thrown), parts.log)] })

  async function answer(request: SubgraphRequest): Promise<ExecutionResult> {
    // Nobody waits for it: what would be done is not begun.
    request.cancellation?.throwIfCancelled()
    try {
      const asked = await read(request)
      return 'errors' in asked ? asked : fit(await execute(asked.given), asked.log)
    } catch (thrown) {
      return failed(thrown)
    }
  }

  async function* answers(request: SubgraphRequest): AsyncGenerator<ExecutionResult, void> {
    const { cancellation = new Cancellation() } = request
    // As it goes on, so that whatever is logged of it bears the trace.
    const within = <Result>(work: () => Promise<Result>) =>
      inTrace(traceparentFrom(request.traceparent), () => unlessCancelled(work, cancellation))
    let end = () => Promise.resolve<unknown>(undefined)
    try {
      const asked = await within(() => read(request))
      if ('errors' in asked) {
        yield asked
        return
      }
      const begun = await within(() => Promise.resolve(subscribe(asked.given)))
      if (!(Symbol.asyncIterator in begun)) {
        yield fit(begun, asked.log)
        return
      }
      end = () => begun.return(undefined)
      for (;;) {
        const next = await within(() => begun.next())
        if (next.done === true) return
        yield fit(next.value, asked.log)
      }
    } catch (thrown) {
      if (cancellation.reason === undefined) yield failed(thrown)
    } finally {
      // Not waited for: what is under way ends when it may.
      void end().catch((thrown: unknown) => parts.log.warn({ err: asError(thrown) }, 'a subscription did not end well'))
    }
  }

  return {
    execute: (request) => inTrace(traceparentFrom(request.traceparent), () => answer(request)),
    subscribe: answers,
  }
}

function fit(result: ExecutionResult, log: Logger): ExecutionResult {
  return result.errors === undefined
    ? result
    : { ...result, errors: result.errors.map((error) => formatted(error, log)) }
}

/** Parses and validates each document once. */
function preparingOnce(schema: GraphQLSchema): (query: string) => DocumentNode | readonly GraphQLError[] {
  const documents = new LRUCache<string, DocumentNode | readonly GraphQLError[]>({ max: cacheLimit })
  return (query) => {
    const known = documents.get(query)
    if (known !== undefined) return known
    const prepared = parseAndValidate(schema, query)
    documents.set(query, prepared)
    return prepared
  }
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
