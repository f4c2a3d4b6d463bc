import type { FastifyReply } from 'fastify'

import { errorCatalogue } from '../../platform/errors.ts'
import type { ReadyAnswer } from '../cache/ready-answer.ts'
import type { ClientError } from './client-error.ts'
import { isNull, jsonParts, type JsonFields } from './json-fields.ts'

/** What an operation came to, as it is written. */
export interface Answer {
  /** Undefined where nothing was carried out. */
  readonly data?: JsonFields | null
  readonly errors?: readonly ClientError[]
  /** The answer as it is sent, where it is one that everybody may have. It may be all there is. */
  readonly ready?: ReadyAnswer
}

const json = 'application/json'
const graphqlResponse = 'application/graphql-response+json'

/** Answers an operation as GraphQL over HTTP says: the type the client prefers, and the status that this type asks for. */
export function sendAnswer(reply: FastifyReply, answer: Answer): FastifyReply {
  const accepted = acceptedOf(reply)
  return send(reply, answer, isPlainJson(accepted) && !isLimited(answer) ? 200 : statusOf(answer))
}

/** Answers what was refused before it was an operation: the status is that of HTTP, whatever the type. */
export function sendRefusal(reply: FastifyReply, errors: readonly ClientError[], status?: number): FastifyReply {
  return send(reply, { errors }, status ?? statusOf({ errors }))
}

function send(reply: FastifyReply, { data, errors, ready }: Answer, status: number): FastifyReply {
  setRetryAfter(reply, errors)
  return reply
    .status(status)
    .type(`${typeFor(acceptedOf(reply))}; charset=utf-8`)
    .send(ready?.body ?? jsonOfAnswer({ data, errors }))
}

/** The answer as it is sent. */
export function jsonOfAnswer({ data, errors }: Pick<Answer, 'data' | 'errors'>): Buffer {
  const beginning = errors === undefined ? '{' : `{"errors":${JSON.stringify(errors)}`
  if (data === undefined) return Buffer.from(`${beginning}}`)
  const name = Buffer.from(`${beginning}${errors === undefined ? '' : ','}"data":`)
  return Buffer.concat([name, ...(data === null ? [Buffer.from('null')] : jsonParts(data)), Buffer.from('}')])
}

function acceptedOf(reply: FastifyReply): string {
  return reply.request.headers.accept ?? ''
}

function typeFor(accepted: string): string {
  return accepted.includes(graphqlResponse) ? graphqlResponse : json
}

/**
 * Clients that ask for plain JSON by name read the body and not the status, by the specification's own rule for them:
 * a status other than 200 might come from something between.
 */
function isPlainJson(accepted: string): boolean {
  return accepted.includes(json) && !accepted.includes(graphqlResponse)
}

function statusOf({ data, errors = [] }: Answer): number {
  const [first] = errors
  if (first === undefined) return 200
  if (data === undefined) return errorCatalogue[first.extensions.code].status
  return isLimited({ data, errors }) ? errorCatalogue.RATE_LIMITED.status : 200
}

/** Whether limits on the rate of requests are all that the answer reports. */
function isLimited({ data, errors = [] }: Answer): boolean {
  const nothing = data === undefined || data === null || [...data.values()].every(isNull)
  return nothing && errors.length > 0 && errors.every(({ extensions }) => extensions.code === 'RATE_LIMITED')
}

function setRetryAfter(reply: FastifyReply, errors: readonly ClientError[] = []): void {
  const waits = errors.flatMap(({ extensions }) => extensions.retryAfter ?? [])
  if (waits.length === 0) return
  reply.header('retry-after', Math.max(...waits))
}
