import cors from '@fastify/cors'

import type { Policy } from '../policy.ts'

const hour = 3_600

/**
 * Lets pages of the listed origins read answers. There are no cookies, so a page of another origin acts for nobody; it is
 * answered nothing all the same.
 */
export const shareWithOrigins: Policy = async (server, { config }) => {
  const origins = new Set(config.corsOrigins)
  await server.register(cors, {
    // With `false` the answer has no header of CORS but `vary: origin`.
    origin: (origin, answer) => answer(null, origin !== undefined && origins.has(origin) ? origin : false),
    methods: ['GET', 'HEAD', 'POST'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'content-encoding',
      'apollo-require-preflight',
      'x-apollo-operation-name',
      'traceparent',
    ],
    exposedHeaders: [
      'etag',
      'x-trace-id',
      'retry-after',
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
      'www-authenticate',
    ],
    // Chromium keeps it for two hours at most.
    maxAge: 2 * hour,
    // What asks with OPTIONS but not for CORS is answered by the routes.
    strictPreflight: false,
  })
}
