import type { IncomingHttpHeaders } from 'node:http'

import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Asker } from '../../fetch/link.ts'
import { sendAnswer } from '../../http/answers.ts'
import { textOf } from '../../http/body.ts'
import { methodNotAllowed } from '../../http/client-error.ts'
import { persistedQueries } from '../../http/persisted-queries.ts'
import { readOperation } from '../../http/well-formed.ts'
import type { Policy } from '../../policy.ts'

/** The graph itself, over HTTP as the GraphQL-over-HTTP specification says. */
export const serveGraphql: Policy = async (server, { engine, config }) => {
  const documentOf = persistedQueries()
  // Fastify's own parsers would let text through as a string, to be misread further in, and put other characters in the
  // place of bytes that are not UTF-8.
  server.removeContentTypeParser(['text/plain', 'application/json'])
  const parseJson = server.getDefaultJsonParser('error', 'error')
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const text = textOf(body)
    if (typeof text === 'string') void parseJson(request, text, done)
    else done(text)
  })
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    async handler(request, reply) {
      if (!config.production && isBrowsing(request)) return reply.redirect('/graphiql')
      const { operationName, variables, readOnly, ...document } = readOperation(request)
      const text = documentOf(document)
      const { payFor, onErrand } = request
      const asked = { text, operationName, variables, readOnly, onErrand, payFor }
      const answer = await engine.answer(asked, askerOf(request, reply, config.forwardHeaders))
      if (answer.ready) request.shared = { ready: answer.ready, hasAddress: readOnly && document.hash !== undefined }
      return sendAnswer(reply, answer)
    },
  })
  server.options('/graphql', (_request, reply) => reply.status(204).header('allow', 'GET, HEAD, POST, OPTIONS').send())
  server.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler() {
      throw methodNotAllowed('Use POST, or GET for queries.', 'GET, POST')
    },
  })
}

/** Somebody with a browser wants to look around, not to read that a query is missing. */
function isBrowsing({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html')
}

function askerOf(
  { viewer, traceparent, ip, headers }: FastifyRequest,
  reply: FastifyReply,
  forward: readonly string[] = [],
): Asker {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(new Error('the client has gone'))
  })
  const forwarded = picked(headers, forward)
  return { viewer, traceparent, clientAddress: ip, forwarded, signal: gone.signal, late: new Set(), changed: new Set() }
}

/** Undefined where the client has sent none of them. */
function picked(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string> | undefined {
  const there = names.flatMap((name) => {
    const value = headers[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  return there.length === 0 ? undefined : Object.fromEntries(there)
}
