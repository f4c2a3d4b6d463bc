import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'

import { SoukError } from '../../platform/errors.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import { type Traceparent } from '../../platform/telemetry/traceparent.ts'
import { writtenRefusal } from './answers.ts'
import { clientError, refused, RequestRefused } from './client-error.ts'
import { bodyTooLarge } from './body.ts'
import { commonHeaders } from './headers.ts'
import { masked } from './masking.ts'

/** Answers every failure of HTTP itself the way GraphQL clients read it: `{ errors: [...] }`, never HTML, never a stack. */
export function answerErrors(server: FastifyInstance, log: Logger): void {
  server.setErrorHandler((error: FastifyError, _request, reply) => answer(reply, error, log))
}

/** Answers likewise that there is nothing. */
export function answerNotFound(server: FastifyInstance): void {
  server.setNotFoundHandler((request, reply) =>
    send(reply, refused('NOT_FOUND', `There is nothing at ${request.method} ${request.url.split('?')[0] ?? ''}.`)),
  )
}

/** For what the framework refuses before any route, and so any policy, is reached. */
export function answerFrameworkError(error: FastifyError, reply: FastifyReply, log: Logger): void {
  void answer(reply.headers(commonHeaders), error, log)
}

/** For what is not even HTTP: there is no request then, only the socket it came by. */
export function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const { status, message } = brokenRequests.get(error.code ?? '') ?? notHttp
  const body = JSON.stringify({ errors: [clientError('BAD_REQUEST', { message })] })
  if (socket.writable) {
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Content-Type: application/json; charset=utf-8',
      'Connection: close',
      ...Object.entries(commonHeaders).map(([name, value]) => `${name}: ${value}`),
    ]
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  }
  socket.destroy(error)
}

const notHttp = { status: 400, message: 'The request is not valid HTTP.' }
const brokenRequests = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, message: 'The request took too long to arrive.' }],
  ['HPE_HEADER_OVERFLOW', { status: 431, message: 'The headers, or the address, are longer than 16 KiB.' }],
])

function answer(reply: FastifyReply, error: FastifyError, log: Logger): FastifyReply {
  return send(reply, refusalOf(error, reply.request.traceparent, log))
}

function send(reply: FastifyReply, refusal: RequestRefused): FastifyReply {
  const { status, headers, body } = writtenRefusal(reply.request.headers.accept, refusal)
  return reply.status(status).headers(headers).send(body)
}

/** What a client reads of a request that has failed before it was an operation. */
export function refusalOf(thrown: unknown, traceparent: Traceparent, log: Logger): RequestRefused {
  if (thrown instanceof RequestRefused) return thrown
  const status = isOfFastify(thrown) ? (thrown.statusCode ?? 500) : 500
  if (isOfFastify(thrown) && status < 500) return refused('BAD_REQUEST', explain(thrown), status)
  return new RequestRefused([masked(thrown, { log, traceparent })])
}

function isOfFastify(thrown: unknown): thrown is FastifyError {
  return thrown instanceof Error && !(thrown instanceof SoukError) && 'statusCode' in thrown
}

function explain(error: FastifyError): string {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'Send the operation as application/json.'
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return 'The body is empty; send { "query": "..." }.'
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return 'The body is not valid JSON.'
    case 'FST_ERR_BAD_URL':
      return 'The address is not a valid one.'
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return bodyTooLarge
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return 'The body is not as long as `content-length` says.'
    default:
      return 'The request cannot be read.'
  }
}
