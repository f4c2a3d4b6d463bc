import type { SourceLocation } from 'graphql'

import { errorCatalogue, type ErrorCode } from '../../platform/errors.ts'

/** What a client may read of an error beside its message, place and code. */
export interface ErrorDetails {
  /** Whole seconds to wait; of RATE_LIMITED. */
  readonly retryAfter?: number | undefined
  /** The path of the argument that broke a rule. */
  readonly field?: string | undefined
  /** Whether the same operation may be sent again, and may succeed then; of what is the shop's own failure. */
  readonly retryable?: boolean | undefined
  /** Where the log has the reason; of the same. */
  readonly traceId?: string | undefined
}

/** An error as it is written into an answer. */
export interface ClientError {
  readonly message: string
  readonly locations?: readonly SourceLocation[]
  readonly path?: readonly (string | number)[]
  readonly extensions: { readonly code: ErrorCode } & ErrorDetails
}

export interface ErrorParts extends ErrorDetails {
  /** The catalogue's, where there is no better one. */
  readonly message?: string | undefined
  readonly locations?: readonly SourceLocation[] | undefined
  readonly path?: readonly (string | number)[] | undefined
}

/** A message repeats what the client sent, which may be a megabyte. */
const longestMessage = 500

/** The one place where an error that a client reads is made. */
export function clientError(code: ErrorCode, parts: ErrorParts = {}): ClientError {
  const { message = errorCatalogue[code].message, locations, path, retryAfter, field } = parts
  return {
    message: message.length > longestMessage ? `${message.slice(0, longestMessage)}...` : message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: {
      code,
      ...(retryAfter !== undefined && { retryAfter }),
      ...(field !== undefined && { field }),
      ...(errorCatalogue[code].status >= 500 && ownFailure(code, parts)),
    },
  }
}

/** What a client can do about a failure of the shop's own: ask again, or name the trace to whoever can look it up. */
function ownFailure(code: ErrorCode, { retryable, traceId }: ErrorParts): ErrorDetails {
  return {
    retryable: retryable ?? code === 'SUBGRAPH_UNAVAILABLE',
    ...(traceId !== undefined && { traceId }),
  }
}

/** The errors of an operation that has changed something: sent again, it would do that again. */
export function notToBeRepeated(errors: readonly ClientError[]): ClientError[] {
  return errors.map((error) => ({
    ...error,
    extensions: { ...error.extensions, ...(error.extensions.retryable === true && { retryable: false }) },
  }))
}

/** A request that is not carried out, and what the client reads instead. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused'
  readonly errors: readonly ClientError[]
  /** Undefined where the status is the one of the first error's code. */
  readonly status: number | undefined
  /** The methods that there are, of a 405. */
  readonly allow: string | undefined

  constructor(errors: readonly ClientError[], status?: number, allow?: string) {
    super(errors.map(({ message }) => message).join('; '))
    this.errors = errors
    this.status = status
    this.allow = allow
  }
}

/** Refuses with one error. @param status where HTTP has a more exact one than the catalogue */
export function refused(code: ErrorCode, message?: string, status?: number): RequestRefused {
  return new RequestRefused([clientError(code, { message })], status)
}

/** Refuses a method. @param allow the methods that there are, for the header that RFC 9110 asks for */
export function methodNotAllowed(message: string, allow: string): RequestRefused {
  return new RequestRefused([clientError('BAD_REQUEST', { message })], 405, allow)
}
