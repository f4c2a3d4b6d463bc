import { createHash } from 'node:crypto'

import type { FastifyRequest } from 'fastify'
import { z } from 'zod'

/** A request that cannot be taken, and what to do instead. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest'
  readonly statusCode: number

  constructor(message: string, statusCode = 400) {
    super(message)
    this.statusCode = statusCode
  }
}

const acceptsJson = /\*\/\*|\bapplication\/(\*|json|graphql-response\+json)/i

const text = (name: string) => z.string(`\`${name}\` must be a string.`).nullish()
const object = (name: string) => ({ error: `\`${name}\` must be an object.` })

const operation = z.object(
  {
    query: text('query'),
    operationName: text('operationName'),
    variables: z.record(z.string(), z.unknown(), object('variables')).nullish(),
    extensions: z
      .looseObject(
        {
          persistedQuery: z
            .object(
              {
                version: z.literal(1, 'Of persisted queries this graph knows version 1.'),
                sha256Hash: z.string('`sha256Hash` must be a string.'),
              },
              object('persistedQuery'),
            )
            .nullish(),
        },
        object('extensions'),
      )
      .nullish(),
  },
  { error: 'Send one operation as a JSON object: { "query": "..." }.' },
)

/**
 * Refuses, in our own words and before anything is done, what is no operation as the GraphQL-over-HTTP specification
 * knows it. What it lets through is still Apollo's to parse and validate.
 * @throws BadRequest
 */
export function requireWellFormed(request: FastifyRequest): void {
  const { method, headers, body } = request
  // Apollo's server reads the address with it.
  if (!URL.canParse(`http://${request.host}`)) throw new BadRequest('The `host` header is not valid.')
  requireOperation(method === 'POST' ? posted(body) : asked(request))
  requireJsonAccepted(headers.accept)
}

/** Asked before, and not when the answer is ready: what a mutation does would be done by then. */
function requireJsonAccepted(accept: string | undefined): void {
  if (accept === undefined || accept === '' || acceptsJson.test(accept)) return
  throw new BadRequest('The answer is JSON: let `accept` name application/json or */*.', 406)
}

function posted(body: unknown): unknown {
  if (body === undefined) throw new BadRequest('The body is empty; send { "query": "..." } as application/json.')
  if (Array.isArray(body)) throw new BadRequest('Send each operation by a request of its own, not a list of them.')
  return body
}

/** What a GET asks for, by the parameters of its address. */
function asked({ headers, query }: FastifyRequest): unknown {
  const given = z.record(z.string(), z.union([z.string(), z.array(z.string())])).parse(query)
  if (given.query === undefined && given.extensions === undefined) {
    throw new BadRequest('Nothing is asked for; POST { "query": "..." } as application/json.')
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
    throw new BadRequest('By GET, send application/json as the content type, or none.', 415)
  }
  const isOwn = [type, headers['apollo-require-preflight'], headers['x-apollo-operation-name']].some(Boolean)
  if (!isOwn) throw new BadRequest('By GET, send the header `apollo-require-preflight: 1` too; or use POST.')
}

type Parameters = Readonly<Record<string, string | string[]>>

function once(given: Parameters, name: string): string | undefined {
  const value = given[name]
  if (Array.isArray(value)) throw new BadRequest(`\`${name}\` is given more than once.`)
  return value
}

function json(given: Parameters, name: string): unknown {
  const value = once(given, name)
  if (value === undefined) return undefined
  try {
    return JSON.parse(value)
  } catch {
    throw new BadRequest(`\`${name}\` is not valid JSON.`)
  }
}

function requireOperation(given: unknown): void {
  const { success, data, error } = operation.safeParse(given)
  if (!success) throw new BadRequest(error.issues[0]?.message ?? 'The request is not an operation.')
  const { query, extensions } = data
  const persisted = extensions?.persistedQuery
  const isNothing = query === undefined || query === null || query.trim() === ''
  if (isNothing && !persisted) throw new BadRequest('Nothing is asked for; send { "query": "..." }.')
  if (isNothing || !persisted) return
  const hash = createHash('sha256').update(query).digest('hex')
  if (hash !== persisted.sha256Hash) throw new BadRequest('`sha256Hash` is not the hash of `query`.')
}
