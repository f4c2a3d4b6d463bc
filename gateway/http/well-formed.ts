import { createHash } from 'node:crypto'

import type { FastifyRequest } from 'fastify'
import { z } from 'zod'

import { refused, type RequestRefused } from './client-error.ts'
import { hostnameOf } from './host.ts'
import { operationIn } from './operation.ts'

/** One operation, as a client asks for it. */
export interface GraphqlRequest {
  /** Empty where the client sends only the hash of it. */
  readonly query: string
  /** Undefined where the document has one operation only. */
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  /** Of a persisted query. */
  readonly hash: string | undefined
  /** Asked by GET, by which nothing may be changed. */
  readonly readOnly: boolean
}

const acceptsJson = /\*\/\*|\bapplication\/(\*|json|graphql-response\+json)/i

/**
 * Reads the operation that a request asks for. Refuses, in our own words and before anything is done, what is none as the
 * GraphQL-over-HTTP specification knows it.
 * @param body what is posted
 * @throws RequestRefused
 */
export function readOperation(request: FastifyRequest, body: unknown): GraphqlRequest {
  const { method, headers } = request
  if (hostnameOf(request.host) === undefined) throw badRequest('The `host` header is not valid.')
  const readOnly = method !== 'POST'
  const asked = parsed(readOnly ? parametersOf(request) : single(body))
  requireJsonAccepted(headers.accept)
  return { ...asked, readOnly }
}

function badRequest(message: string, status?: number): RequestRefused {
  return refused('BAD_REQUEST', message, status)
}

/** Asked before, and not when the answer is ready: what a mutation does would be done by then. */
function requireJsonAccepted(accept: string | undefined): void {
  if (accept === undefined || accept === '' || acceptsJson.test(accept)) return
  throw badRequest('The answer is JSON: let `accept` name application/json or */*.', 406)
}

function single(body: unknown): unknown {
  if (body === undefined) throw badRequest('The body is empty; send { "query": "..." } as application/json.')
  if (Array.isArray(body)) throw badRequest('Send each operation by a request of its own, not a list of them.')
  return body
}

/** What a GET asks for, by the parameters of its address. */
function parametersOf({ headers, query }: FastifyRequest): unknown {
  const given = z.record(z.string(), z.union([z.string(), z.array(z.string())])).parse(query)
  if (given.query === undefined && given.extensions === undefined) {
    throw badRequest('Nothing is asked for; POST { "query": "..." } as application/json.')
  }
  requireOwnClient(headers)
  return {
    query: once(given, 'query'),
    operationName: once(given, 'operationName'),
    variables: json(given, 'variables'),
    extensions: json(given, 'extensions'),
  }
}

/** A foreign page can make a browser send a GET, cookies and all, but not with any of these headers (CSRF). */
function requireOwnClient(headers: FastifyRequest['headers']): void {
  const type = headers['content-type']
  if (type !== undefined && !/^application\/json\b/i.test(type)) {
    throw badRequest('By GET, send application/json as the content type, or none.', 415)
  }
  const isOwn = [type, headers['apollo-require-preflight'], headers['x-apollo-operation-name']].some(Boolean)
  if (!isOwn) throw badRequest('By GET, send the header `apollo-require-preflight: 1` too; or use POST.')
}

type Parameters = Readonly<Record<string, string | string[]>>

function once(given: Parameters, name: string): string | undefined {
  const value = given[name]
  if (Array.isArray(value)) throw badRequest(`\`${name}\` is given more than once.`)
  return value
}

function json(given: Parameters, name: string): unknown {
  const value = once(given, name)
  if (value === undefined) return undefined
  try {
    return JSON.parse(value)
  } catch {
    throw badRequest(`\`${name}\` is not valid JSON.`)
  }
}

function parsed(given: unknown): Omit<GraphqlRequest, 'readOnly'> {
  const asked = operationIn(given)
  const { operationName, variables, extensions } = asked
  const query = asked.query?.trim() === '' ? '' : (asked.query ?? '')
  const hash = extensions?.persistedQuery?.sha256Hash
  if (query === '' && hash === undefined) throw badRequest('Nothing is asked for; send { "query": "..." }.')
  if (query !== '' && hash !== undefined) requireHashOf(query, hash)
  // An empty name is what forms and generators send for none.
  return {
    query,
    hash,
    operationName: operationName === '' ? undefined : (operationName ?? undefined),
    variables: variables ?? {},
  }
}

function requireHashOf(query: string, given: string): void {
  const hash = createHash('sha256').update(query).digest('hex')
  if (hash !== given) throw badRequest('`sha256Hash` is not the hash of `query`.')
}
