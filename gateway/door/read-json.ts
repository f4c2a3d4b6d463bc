import type { FastifyInstance } from 'fastify'

import { textOf } from '../http/body.ts'
import { refused } from '../http/client-error.ts'

/** What a body says. @throws RequestRefused where that is not JSON in UTF-8 */
export type ReadJson = (body: Buffer) => unknown

/** By Fastify's own parser: names by which an object would get another prototype are refused. */
export function readJsonBy(server: Pick<FastifyInstance, 'getDefaultJsonParser'>): ReadJson {
  const parse = server.getDefaultJsonParser('error', 'error')
  return (body) => {
    const text = textOf(body)
    if (typeof text !== 'string') throw text
    const outcome: { failure: Error | null; read: unknown } = { failure: null, read: undefined }
    // It does not look at the request, and has called back when it returns.
    void parse(undefined as never, text, (failure, read: unknown) => {
      outcome.failure = failure
      outcome.read = read
    })
    if (outcome.failure !== null) throw refused('BAD_REQUEST', 'The body is not valid JSON.')
    return outcome.read
  }
}
