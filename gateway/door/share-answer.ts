import type { FastifyRequest } from 'fastify'

import type { ReadyAnswer } from '../cache/ready-answer.ts'
import { isNamedBy } from '../http/etags.ts'
import type { AnswerHeaders } from '../http/headers.ts'

/** An answer that everybody may have. */
export interface SharedAnswer {
  readonly ready: ReadyAnswer
  /** Whether it was asked for by an address of its own: a GET, whose document is named by its hash. */
  readonly hasAddress: boolean
  /** Names of the headers that an answer at one address depends on, beside the origin and the encodings. */
  readonly dependsOn: string
}

/** @param forwarded headers that subgraphs are sent too: an answer that was made without one may not be given to who sends it */
export function dependingOn(forwarded: readonly string[]): string {
  return [...new Set(['accept', 'authorization', ...forwarded])].join(', ')
}

/** These are about one client alone. */
const ofOneClient = ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset']

/**
 * Lets browsers, and whatever stands between, keep an answer that is the same for everybody.
 * @returns whether the client says that it has this very answer still
 */
export function shareAnswer(
  { method, headers: asked }: FastifyRequest,
  headers: AnswerHeaders,
  { ready, hasAddress, dependsOn, encoding }: SharedAnswer & { readonly encoding: string | undefined },
): boolean {
  if (!hasAddress) return false
  for (const name of ofOneClient) Reflect.deleteProperty(headers, name)
  headers.vary = `${headers.vary ?? ''}, ${dependsOn}`
  headers['cache-control'] = `public, max-age=${ready.maxAge()}`
  // What a GET would have been compressed to is not known here.
  if (method === 'HEAD') return false
  const etag = ready.etag(encoding)
  headers.etag = etag
  return isNamedBy(asked['if-none-match'], etag)
}
