import { errorCatalogue } from '../../platform/errors.ts'
import type { ReadyAnswer } from '../cache/ready-answer.ts'
import type { ClientError, RequestRefused } from './client-error.ts'
import type { AnswerHeaders } from './headers.ts'
import { isNull, jsonParts, type JsonFields } from './json-fields.ts'

/** What an operation came to, as it is written. */
export interface Answer {
  /** Undefined where nothing was carried out. */
  readonly data?: JsonFields | null
  readonly errors?: readonly ClientError[]
  /** The answer as it is sent, where it is nothing but the data. */
  readonly whole?: Buffer | undefined
  /** The answer as it is sent, where it is one that everybody may have. It may be all there is. */
  readonly ready?: ReadyAnswer
}

const json = 'application/json'
const graphqlResponse = 'application/graphql-response+json'

/** An answer as HTTP has it. */
export interface WrittenAnswer {
  readonly status: number
  readonly headers: AnswerHeaders
  readonly body: Buffer
}

/** An operation's answer as GraphQL over HTTP says: the type the client prefers, and the status that this type asks for. */
export function writtenAnswer(accepted = '', answer: Answer): WrittenAnswer {
  return written(accepted, answer, isPlainJson(accepted) && !isLimited(answer) ? 200 : statusOf(answer))
}

/** What was refused before it was an operation: the status is that of HTTP, whatever the type. */
export function writtenRefusal(accepted = '', { errors, status, allow }: RequestRefused): WrittenAnswer {
  const answer = written(accepted, { errors }, status ?? statusOf({ errors }))
  return allow === undefined ? answer : { ...answer, headers: { ...answer.headers, allow } }
}

function written(accepted: string, { data, errors, whole, ready }: Answer, status: number): WrittenAnswer {
  const headers: AnswerHeaders = { 'content-type': `${typeFor(accepted)}; charset=utf-8` }
  const retryAfter = errors && retryAfterOf(errors)
  if (retryAfter !== undefined) headers['retry-after'] = retryAfter
  return { status, headers, body: ready?.body ?? whole ?? jsonOfAnswer({ data, errors }) }
}

/** The answer as it is sent. */
export function jsonOfAnswer({ data, errors }: Pick<Answer, 'data' | 'errors'>): Buffer {
  const beginning = errors === undefined ? '{' : `{"errors":${JSON.stringify(errors)}`
  if (data === undefined) return Buffer.from(`${beginning}}`)
  const name = Buffer.from(`${beginning}${errors === undefined ? '' : ','}"data":`)
  return Buffer.concat([name, ...(data === null ? [Buffer.from('null')] : jsonParts(data)), Buffer.from('}')])
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

function retryAfterOf(errors: readonly ClientError[]): number | undefined {
  const waits = errors.flatMap(({ extensions }) => extensions.retryAfter ?? [])
  return waits.length === 0 ? undefined : Math.max(...waits)
}
