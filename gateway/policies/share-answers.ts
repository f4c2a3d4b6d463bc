import { Readable } from 'node:stream'

import type { FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify'

import type { ReadyAnswer } from '../cache/ready-answer.ts'
import { isNamedBy } from '../http/etags.ts'
import type { Policy } from '../policy.ts'

/** An answer that everybody may have. */
interface SharedAnswer {
  readonly ready: ReadyAnswer
  /** Whether it was asked for by an address of its own: a GET, whose document is named by its hash. */
  readonly hasAddress: boolean
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set where the answer is one that everybody may have. */
    shared: SharedAnswer | undefined
  }
}

/** What an answer at one address depends on, beside the encodings. */
const dependsOn = 'accept, authorization'
/** These are about one client alone. */
const ofOneClient = ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset']

/**
 * Lets browsers, and whatever stands between, keep answers that are the same for everybody, and tells who has one still that it
 * is as it was. What was compressed once is sent again as it is.
 */
export const shareAnswers: Policy = (server) => {
  server.decorateRequest('shared')
  server.addHook('onSend', (request, reply, payload, done) => done(null, recalled(request, reply) ?? payload))
  server.addHook('onRoute', (route) => {
    if (route.url !== '/graphql') return
    const describe: onSendHookHandler = (request, reply, payload, done) =>
      done(null, described(request, reply, payload))
    route.onSend = [route.onSend ?? [], describe].flat()
  })
}

/** The answer as it was compressed for somebody else. */
function recalled({ shared, headers }: FastifyRequest, reply: FastifyReply): Buffer | undefined {
  const accepted = headers['accept-encoding']
  if (shared === undefined || accepted === undefined || headers['x-no-compression'] !== undefined) return undefined
  const sent = shared.ready.sentTo(accepted)
  if (sent === undefined) return undefined
  reply.headers({ 'content-encoding': sent.encoding, 'content-length': sent.bytes.length })
  return sent.bytes
}

function described({ shared, headers, method }: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if (shared === undefined) return payload
  const { ready, hasAddress } = shared
  const encoding = reply.getHeader('content-encoding')
  const accepted = headers['accept-encoding']
  if (typeof encoding === 'string' && accepted !== undefined && Buffer.isBuffer(payload)) {
    ready.remember(accepted, { encoding, bytes: payload })
  }
  if (!hasAddress) return payload
  for (const name of ofOneClient) reply.removeHeader(name)
  reply.header('vary', [reply.getHeader('vary'), dependsOn].filter(Boolean).join(', '))
  reply.header('cache-control', `public, max-age=${ready.maxAge()}`)
  // What a GET would have been compressed to is not known here.
  if (method === 'HEAD') return payload
  const etag = ready.etag(typeof encoding === 'string' ? encoding : undefined)
  reply.header('etag', etag)
  if (!isNamedBy(headers['if-none-match'], etag)) return payload
  for (const name of ['content-encoding', 'content-length', 'content-type']) reply.removeHeader(name)
  reply.status(304)
  if (payload instanceof Readable) payload.destroy()
  return null
}
