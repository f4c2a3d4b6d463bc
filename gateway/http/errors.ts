import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

import type { FastifyError, FastifyReply } from 'fastify'

import { SoukError } from '../../platform/errors.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import { inTrace } from '../../platform/telemetry/trace.ts'
import type { Policy } from '../policy.ts'
import { sendRefusal } from './answers.ts'
import { clientError, refused, RequestRefused } from './client-error.ts'
import { bodyTooLarge } from './body.ts'
import { commonHeaders } from './headers.ts'
import { masked } from './masking.ts'

/** Answers every failure of HTTP itself the way GraphQL clients read it: `{ errors: [...] }`, never HTML, never a stack. */
export const answerErrors: Policy = (server, { log }) => {
  server.setErrorHandler((error: FastifyError, _request, reply) => answer(reply, error, log))
  server.setNotFoundHandler((request, reply) =>
    sendRefusal(reply, [
      clientError('NOT_FOUND', {
        message: `There is nothing at ${request.method} ${request.url.split('?')[0] ?? ''}.`,
      }),
    ]),
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
  const { errors, status, allow } = refusalOf(reply, error, log)
  if (allow !== undefined) reply.header('allow', allow)
  return sendRefusal(reply, errors, status)
}

function refusalOf(reply: FastifyReply, error: FastifyError, log: Logger): RequestRefused {
  if (error instanceof RequestRefused) return error
  const { statusCode = 500 } = error
  if (!(error instanceof SoukError) && statusCode < 500) return refused('BAD_REQUEST', explain(error), statusCode)
  return new RequestRefused([inTrace(reply.request.traceparent, () => masked(error, log))])
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
