import type { FastifyError, FastifyReply } from 'fastify'

import { SoukError, errorCatalogue } from '../../platform/errors.ts'
import type { Policy } from '../policies.ts'

/** Answers every failure of HTTP itself the way GraphQL clients read it: `{ errors: [...] }`, never HTML, never a stack. */
export const answerErrors: Policy = (server, { log }) => {
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    if (error instanceof SoukError) {
      return answer(reply, { status: errorCatalogue[error.code].status, code: error.code, message: error.message })
    }
    const status = error.statusCode ?? 500
    if (status >= 500) {
      log.error({ err: error }, 'a request failed')
      const { message } = errorCatalogue.INTERNAL_SERVER_ERROR
      return answer(reply, { status: 500, code: 'INTERNAL_SERVER_ERROR', message })
    }
    return answer(reply, { status, code: 'BAD_REQUEST', message: explain(error) })
  })
  server.setNotFoundHandler((request, reply) =>
    answer(reply, {
      status: 404,
      code: 'NOT_FOUND',
      message: `There is nothing at ${request.method} ${request.url.split('?')[0] ?? ''}.`,
    }),
  )
}

function explain(error: FastifyError): string {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'Send the operation as application/json.'
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return 'The body is empty; send { "query": "..." }.'
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return 'The body is not valid JSON.'
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return 'The body is larger than 1 MiB.'
    default:
      return error.message
  }
}

function answer(reply: FastifyReply, { status, code, message }: { status: number; code: string; message: string }) {
  return reply
    .status(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [{ message, extensions: { code } }] })
}
