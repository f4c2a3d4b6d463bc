import compress from '@fastify/compress'
import type { onSendAsyncHookHandler } from 'fastify'

import type { MakeGreeting } from '../greeting.ts'
import { encodings, quality, syncThreshold, threshold } from '../http/compression.ts'
import type { Policy } from '../policy.ts'

/** Also with what is sent as it is: a cache must not give that to a client that asks for another encoding, nor the reverse. */
export const varyByEncoding: MakeGreeting = () => (_request, headers) => {
  headers.vary = headers.vary === undefined ? 'accept-encoding' : `${headers.vary}, accept-encoding`
  return undefined
}

/**
 * Compresses what is text, by brotli or gzip as the client prefers; what the graph answers, `http/compression.ts` does. Before the routes, each of which is given the hook
 * when it is added.
 */
export const compressAnswers: Policy = async (server) => {
  // Fastify counts what a GET would have sent before it was compressed. Behind that, so that no length is sent.
  server.addHook('onRoute', (route) => {
    if (route.method === 'HEAD') route.onSend = [route.onSend ?? [], leaveOutLength].flat()
  })
  await server.register(compress, {
    globalDecompression: false,
    encodings: [...encodings],
    threshold,
    syncThreshold,
    brotliOptions: quality,
  })
}

const leaveOutLength: onSendAsyncHookHandler = (_request, reply, payload) => {
  reply.removeHeader('content-length')
  return Promise.resolve(payload)
}
