import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

import type { FastifyError, FastifyReply } from 'fastify'

import { SoukError, errorCatalogue } from '../../platform/errors.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import type { Policy } from '../policy.ts'
import { BadRequest } from './well-formed.ts'

interface Failure {
  readonly status: number
  readonly code: string
  readonly message: string
}

/** Answers every failure of HTTP itself the way GraphQL clients read it: `{ errors: [...] }`, never HTML, never a stack. */
export const answerErrors: Policy = (server, { log }) => {
  server.setErrorHandler((error: FastifyError, _request, reply) => answer(reply, failureOf(error, log)))
  server.setNotFoundHandler((request, reply) =>
    answer(reply, {
      status: 404,
      code: 'NOT_FOUND',
      message: `There is nothing at ${request.method} ${request.url.split('?')[0] ?? ''}.`,
    }),
  )
}

/** For what the framework refuses before any route, and so any policy, has a say. */
export function answerFrameworkError(error: FastifyError, reply: FastifyReply, log: Logger): void {
  void answer(reply, failureOf(error, log))
}

/** For what is not even HTTP: there is no request then, only the socket it came by. */
export function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const { status, message } = brokenRequests.get(error.code ?? '') ?? notHttp
  const body = bodyOf({ status, code: 'BAD_REQUEST', message })
  if (socket.writable) {
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      `Content-Type: ${mediaType}`,
      'Connection: close',
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

function failureOf(error: FastifyError, log: Logger): Failure {
  if (error instanceof SoukError) {
    return { status: errorCatalogue[error.code].status, code: error.code, message: error.message }
  }
  const status = error.statusCode ?? 500
  if (status < 500) return { status, code: 'BAD_REQUEST', message: explain(error) }
  log.error({ err: error }, 'a request failed')
  const { message } = errorCatalogue.INTERNAL_SERVER_ERROR
  return { status: 500, code: 'INTERNAL_SERVER_ERROR', message }
}

function explain(error: FastifyError): string {
  if (error instanceof BadRequest) return error.message
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
      return 'The body is larger than 1 MiB.'
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return 'The body is not as long as `content-length` says.'
    default:
      return 'The request cannot be read.'
  }
}

const mediaType = 'application/json; charset=utf-8'
const graphqlMediaType = 'application/graphql-response+json'

function answer(reply: FastifyReply, failure: Failure): FastifyReply {
  const { accept = '' } = reply.request.headers
  const type = accept.includes(graphqlMediaType) ? `${graphqlMediaType}; charset=utf-8` : mediaType
  return reply.status(failure.status).type(type).send(bodyOf(failure))
}

function bodyOf({ code, message }: Failure): string {
  return JSON.stringify({ errors: [{ message, extensions: { code } }] })
}
