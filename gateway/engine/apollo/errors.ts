import type { ApolloServerPlugin } from '@apollo/server'
import { GraphQLError, OperationTypeNode, type GraphQLFormattedError } from 'graphql'
import { z } from 'zod'

import { errorCatalogue } from '../../../platform/errors.ts'

/** What is left of Apollo's own codes for requests that never reached a subgraph. */
const requestCodes = new Map([
  ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_PARSE_FAILED'],
  ['GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_VALIDATION_FAILED'],
  ['OPERATION_RESOLUTION_FAILURE', 'OPERATION_RESOLUTION_FAILURE'],
  ['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_FOUND'],
  ['PERSISTED_QUERY_NOT_SUPPORTED', 'PERSISTED_QUERY_NOT_SUPPORTED'],
  ['BAD_USER_INPUT', 'BAD_USER_INPUT'],
  ['BAD_REQUEST', 'BAD_REQUEST'],
])

/**
 * What a client may read of an error: its message, place and code. Subgraph names, URLs and stacks stay inside.
 * @param thrown the error as it was before Apollo formatted it
 */
export function formatGatewayError(error: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const given = error.extensions?.code
  const code = typeof given === 'string' ? given : ''
  const known = requestCodes.has(code) || code in errorCatalogue
  const where = {
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
  }
  if (known) return { message: ownWords(error, thrown), ...where, extensions: { code, ...detailsOf(error) } }
  const { message } = errorCatalogue.INTERNAL_SERVER_ERROR
  return { message, ...where, extensions: { code: 'INTERNAL_SERVER_ERROR' } }
}

const details = z.object({ retryAfter: z.int().optional(), traceId: z.string().optional() })

function detailsOf({ extensions }: GraphQLFormattedError): z.infer<typeof details> {
  return details.safeParse(extensions).data ?? {}
}

const httpError = z.object({ extensions: z.object({ http: z.object({ status: z.int() }) }) })
const wrongMethod = 405

/** Where Apollo speaks of itself and its settings, what to do about it. */
function ownWords({ message, extensions }: GraphQLFormattedError, thrown: unknown): string {
  if (extensions?.validationErrorCode === 'INTROSPECTION_DISABLED') {
    return 'The schema is not told here: introspection is switched off.'
  }
  if (extensions?.code !== 'BAD_REQUEST') return message
  const { data } = httpError.safeParse(thrown)
  return data?.extensions.http.status === wrongMethod
    ? 'Use POST: by GET there are only queries.'
    : 'The request is not one that this graph understands.'
}

/** Apollo's gateway fails, as if by its own fault, when there is no operation that it could run; the mistake is the client's. */
export const requireOperation: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ operation, request: { operationName } }) {
        if (operation === undefined) throw clientError('OPERATION_RESOLUTION_FAILURE', whichIsMissing(operationName))
        if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
          throw clientError('GRAPHQL_VALIDATION_FAILED', 'This graph has no subscriptions.')
        }
        return Promise.resolve()
      },
    }),
}

function whichIsMissing(operationName: string | undefined): string {
  if (operationName === undefined || operationName === '')
    return 'Say by `operationName` which of the operations to run.'
  return `The document has no operation "${operationName}".`
}

function clientError(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } })
}

const holes = z.array(z.object({ message: z.string(), path: z.array(z.union([z.string(), z.number()])).optional() }))

/**
 * When a non-null field came back empty, Apollo's gateway answers `data: null` and gives the reason in
 * `extensions.valueCompletion` only. A client must find it in `errors`, unless an error already says why.
 */
export const explainHoles: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ response: { body } }) {
        if (body.kind !== 'single' || body.singleResult.extensions === undefined) return Promise.resolve()
        const { valueCompletion, ...extensions } = body.singleResult.extensions
        body.singleResult.extensions = Object.keys(extensions).length === 0 ? undefined : extensions
        const found = holes.safeParse(valueCompletion)
        if (found.success && (body.singleResult.errors ?? []).length === 0) {
          body.singleResult.errors = found.data.map(({ path }) =>
            new GraphQLError('A part of the answer is missing.', {
              path: path ?? null,
              extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
            }).toJSON(),
          )
        }
        return Promise.resolve()
      },
    }),
}
