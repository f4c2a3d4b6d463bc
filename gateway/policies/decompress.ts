import { Readable } from 'node:stream'

import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify'

import { collect, decoderFor } from '../http/body.ts'
import type { Policy } from '../policy.ts'

/**
 * Decodes bodies that are sent compressed. By own code, since @fastify/compress goes on inflating what has been found too
 * large: a brotli body of 1,400 bytes kept it busy with 900 MiB.
 */
export const decompressBodies: Policy = (server) => {
  server.addHook('preParsing', (request, reply, payload, done) => {
    // Most are sent as they are: no promise is made for them.
    if (request.headers['content-encoding'] === undefined) done(null, payload)
    else decoded(request, reply, payload).then((body) => done(null, body), done)
  })
}

async function decoded(request: FastifyRequest, reply: FastifyReply, payload: RequestPayload): Promise<RequestPayload> {
  const decode = decoderFor(request.headers['content-encoding'])
  if (decode === undefined) return payload
  // What is left of a refused body is not read, so the connection is of no further use.
  reply.header('connection', 'close')
  const encoded = await collect(payload.iterator({ destroyOnReturn: false }))
  const body = encoded.length === 0 ? encoded : await decode(encoded)
  reply.removeHeader('connection')
  return Object.assign(Readable.from([body], { objectMode: false }), { receivedEncodedLength: encoded.length })
}
