import type { IncomingMessage, ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'

import type { FastifyRequest } from 'fastify'

import { asError } from '../../platform/errors.ts'
import { farewells, greetings } from '../cross-cutting.ts'
import { farewellBy, greetingBy } from '../greeting.ts'
import { writtenAnswer, writtenRefusal, type WrittenAnswer } from '../http/answers.ts'
import { methodNotAllowed } from '../http/client-error.ts'
import { refusalOf } from '../http/errors.ts'
import type { AnswerHeaders } from '../http/headers.ts'
import { persistedQueries } from '../http/persisted-queries.ts'
import { readOperation } from '../http/well-formed.ts'
import type { Policy } from '../policy.ts'
import { addressOf, askerOf } from './asker.ts'
import { identifyBy } from './identity.ts'
import { knowingDocuments } from './known-documents.ts'
import { payingBy } from './limit-rate.ts'
import { posted } from './posted.ts'
import { readJsonBy } from './read-json.ts'
import { send } from './send.ts'
import { dependingOn, type SharedAnswer } from './share-answer.ts'

/** A request for the graph, and what is known of its answer. */
interface Visit {
  readonly request: FastifyRequest
  readonly response: ServerResponse
  readonly headers: AnswerHeaders
}

interface Outcome {
  readonly written: WrittenAnswer
  readonly shared: SharedAnswer | undefined
}

/**
 * The graph itself, over HTTP as the GraphQL-over-HTTP specification says. Its requests meet what all requests meet, and then go
 * straight to the engine: of Fastify they use the routing alone. Its hooks, its parsers and its replies would cost them as much as
 * the rest of HTTP.
 */
export const serveGraphql: Policy = (server, parts) => {
  const { engine, config, log } = parts
  const greet = greetingBy(greetings, parts)
  const bid = farewellBy(farewells, parts)
  const identify = identifyBy(parts)
  const payerOf = payingBy(parts)
  const documentOf = persistedQueries()
  const forward = config.forwardHeaders ?? []
  const dependsOn = dependingOn(forward)
  const readJson = knowingDocuments(readJsonBy(server))

  async function outcomeOf({ request, response, headers }: Visit): Promise<Outcome> {
    const refusal = greet(request, headers)
    if (refusal !== undefined) throw refusal
    const identity = identify(request.headers)
    const who = identity instanceof Promise ? await identity : identity
    const { pay, payFor } = payerOf(who, addressOf(request), headers)
    // Before a bad access token is refused: to try them is to ask, too.
    await pay(1)
    const { viewer, badToken, onErrand } = who
    if (badToken !== undefined) throw badToken
    requireMethod(request.method)
    if (!config.production && isBrowsing(request)) return { written: toGraphiql, shared: undefined }
    const body = request.method === 'POST' ? await posted(request.raw, readJson) : undefined
    const operation = readOperation(request, body)
    const { operationName, variables, readOnly, hash } = operation
    const asked = { text: documentOf(operation), operationName, variables, readOnly, onErrand, payFor }
    const asker = askerOf(request, response, { viewer, forward })
    const answer = await engine.answer(asked, asker)
    return {
      written: writtenAnswer(request.headers.accept, answer),
      shared: answer.ready && { ready: answer.ready, hasAddress: readOnly && hash !== undefined, dependsOn },
    }
  }

  function refused({ request }: Visit, thrown: unknown): Outcome {
    const refusal = refusalOf(thrown, request.traceparent, log)
    return { written: writtenRefusal(request.headers.accept, refusal), shared: undefined }
  }

  async function serve(visit: Visit): Promise<void> {
    const outcome = await outcomeOf(visit).catch((thrown: unknown) => refused(visit, thrown))
    const { raw } = visit.request
    if (!isComplete(raw) && (await hasMoreToSend(raw))) visit.headers.connection = 'close'
    const { request, response, headers } = visit
    const { written, shared } = outcome
    await send({ request, response, headers, written, shared, bid })
  }

  server.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    onRequest(request, reply) {
      reply.hijack()
      const visit = { request, response: reply.raw, headers: {} }
      serve(visit).catch((thrown: unknown) => {
        log.error({ err: asError(thrown) }, 'an answer was not sent')
        reply.raw.destroy()
      })
    },
    // It is answered before.
    handler: () => undefined,
  })
}

const toGraphiql: WrittenAnswer = { status: 302, headers: { location: '/graphiql' }, body: Buffer.alloc(0) }

function requireMethod(method: string): void {
  if (method === 'GET' || method === 'HEAD' || method === 'POST') return
  throw methodNotAllowed('Use POST, or GET for queries.', 'GET, POST')
}

/** What is asked without a network has all come. */
function isComplete(request: IncomingMessage): boolean {
  return !('complete' in request) || request.complete
}

/** Whether a body was refused before all of it had come: what is left is not read, so the connection is of no further use. */
async function hasMoreToSend(request: IncomingMessage): Promise<boolean> {
  // Node says of a body that has come with its head that it is complete, but only in the next turn.
  await nextTurn()
  return !isComplete(request)
}

/** Somebody with a browser wants to look around, not to read that a query is missing. */
function isBrowsing({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html')
}
