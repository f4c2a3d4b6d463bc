/**
 * Every code that a client can get in `errors`, with the HTTP status of an answer that holds nothing else, and the message
 * that is used where there is no better one. Codes are stable: clients may switch on them. Messages may change.
 */
export const errorCatalogue = {
  /** Not a request of GraphQL over HTTP. Where HTTP has a more exact status, such as 405 or 415, the answer has that. */
  BAD_REQUEST: { status: 400, message: 'The request cannot be read.' },
  GRAPHQL_PARSE_FAILED: { status: 400, message: 'The document is not GraphQL.' },
  GRAPHQL_VALIDATION_FAILED: { status: 400, message: 'The document does not fit the schema.' },
  OPERATION_RESOLUTION_FAILURE: { status: 400, message: 'The document has no such operation.' },
  /** The document, or its variables, are over one of the limits of `docs/decisions/0011-prepare-and-run.md`. */
  DOCUMENT_TOO_COSTLY: { status: 400, message: 'The operation costs too much.' },
  /** Status 200 by the protocol of persisted queries: the client is to send the query too. */
  PERSISTED_QUERY_NOT_FOUND: { status: 200, message: 'PersistedQueryNotFound' },
  /** An argument or a variable is not of its type. */
  BAD_USER_INPUT: { status: 400, message: 'An argument is not valid.' },
  /** An argument breaks a rule of the shop, where there is no refusal to say so; `extensions.field` is its path. */
  INVALID_INPUT: { status: 400, message: 'An argument breaks a rule.' },
  UNAUTHENTICATED: { status: 401, message: 'Sign in first.' },
  FORBIDDEN: { status: 403, message: 'You may not do or see this.' },
  NOT_FOUND: { status: 404, message: 'There is nothing here.' },
  /** `extensions.retryAfter` has the whole seconds to wait. */
  RATE_LIMITED: { status: 429, message: 'Too many attempts. Try again later.' },
  /** As the one below, it says in `extensions.retryable` whether the same operation may be sent again, and has its trace id. */
  SUBGRAPH_UNAVAILABLE: { status: 503, message: 'A part of the shop is not available just now.' },
  /** The reason is in the log under the trace id that `extensions.traceId` has. */
  INTERNAL_SERVER_ERROR: { status: 500, message: 'Something went wrong on our side.' },
} as const

export type ErrorCode = keyof typeof errorCatalogue

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCatalogue, code)
}

export interface SoukErrorOptions extends ErrorOptions {
  readonly retryAfter?: number | undefined
  readonly field?: string | undefined
}

/** A failure whose code and message may be shown to a client. Anything else is masked before it leaves a subgraph. */
export class SoukError extends Error {
  override readonly name = 'SoukError'
  readonly code: ErrorCode
  /** Whole seconds after which the client may try again. */
  readonly retryAfter: number | undefined
  /** The path of the argument that broke a rule, such as `filter.minPrice`. */
  readonly field: string | undefined

  constructor(code: ErrorCode, message: string = errorCatalogue[code].message, options: SoukErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.retryAfter = options.retryAfter
    this.field = options.field
  }

  /** What a client reads beside the message. */
  get extensions(): { readonly code: ErrorCode; readonly retryAfter?: number; readonly field?: string } {
    const { code, retryAfter, field } = this
    return { code, ...(retryAfter !== undefined && { retryAfter }), ...(field !== undefined && { field }) }
  }
}

/** Turns anything thrown into an Error, for logging and for dead letters. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

/** A store does not answer, or not in time. Its cause is for the log alone. */
export class StoreUnavailable extends SoukError {
  constructor(options: { readonly cause: unknown }) {
    super('SUBGRAPH_UNAVAILABLE', undefined, options)
  }
}
