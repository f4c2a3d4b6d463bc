import { describe, expect, it } from 'vitest'

import { errorCatalogue, isErrorCode, SoukError } from './errors.ts'

describe('the error catalogue', () => {
  it('has every code a client can get, with its status', () => {
    const statuses = Object.fromEntries(Object.entries(errorCatalogue).map(([code, { status }]) => [code, status]))
    expect(statuses).toEqual({
      BAD_REQUEST: 400,
      GRAPHQL_PARSE_FAILED: 400,
      GRAPHQL_VALIDATION_FAILED: 400,
      OPERATION_RESOLUTION_FAILURE: 400,
      DOCUMENT_TOO_COSTLY: 400,
      PERSISTED_QUERY_NOT_FOUND: 200,
      BAD_USER_INPUT: 400,
      INVALID_INPUT: 400,
      UNAUTHENTICATED: 401,
      FORBIDDEN: 403,
      NOT_FOUND: 404,
      RATE_LIMITED: 429,
      SUBGRAPH_UNAVAILABLE: 503,
      INTERNAL_SERVER_ERROR: 500,
    })
  })

  it.each(Object.entries(errorCatalogue))('has a message for %s', (code, { message }) => {
    expect(message).toMatch(/^[A-Z].*[a-z.]$/)
    expect(isErrorCode(code)).toBe(true)
  })

  it.each(['', 'toString', '__proto__', 'GRAPHQL', 404, undefined, null])('does not have %j', (code) => {
    expect(isErrorCode(code)).toBe(false)
  })
})

describe('a SoukError', () => {
  it('has the message of the catalogue unless it is given a better one', () => {
    expect(new SoukError('NOT_FOUND').message).toBe(errorCatalogue.NOT_FOUND.message)
    expect(new SoukError('NOT_FOUND', 'No such order.').message).toBe('No such order.')
  })

  it('carries the path of what broke a rule', () => {
    const invalid = new SoukError('INVALID_INPUT', 'Too low.', { field: 'filter.minPrice' })
    expect(invalid.extensions).toEqual({ code: 'INVALID_INPUT', field: 'filter.minPrice' })
  })

  it('carries how long to wait', () => {
    const limited = new SoukError('RATE_LIMITED', 'Too many.', { retryAfter: 30 })
    expect(limited.extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: 30 })
    expect(new SoukError('RATE_LIMITED').extensions).toEqual({ code: 'RATE_LIMITED' })
  })
})
