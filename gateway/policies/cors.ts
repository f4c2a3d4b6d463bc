import type { MakeGreeting } from '../greeting.ts'
import type { Policy } from '../policy.ts'

const methods = 'GET, HEAD, POST'
const allowed = [
  'authorization',
  'content-type',
  'content-encoding',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'traceparent',
].join(', ')
const exposed = [
  'etag',
  'x-trace-id',
  'retry-after',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'www-authenticate',
].join(', ')
/** Seconds; Chromium keeps it no longer. */
const twoHours = 7_200

/**
 * Lets pages of the listed origins read answers. There are no cookies, so a page of another origin acts for nobody; it is
 * answered nothing all the same.
 */
export const shareWithOrigins: MakeGreeting = ({ config }) => {
  const origins = new Set(config.corsOrigins)
  return (request, headers) => {
    // With each answer: a cache must not give one origin's to another (Fetch, "CORS protocol and HTTP caches").
    headers.vary = 'Origin'
    const { origin } = request.headers
    if (origin !== undefined && origins.has(origin)) {
      headers['access-control-allow-origin'] = origin
      headers['access-control-expose-headers'] = exposed
    }
    return undefined
  }
}

/** Answers what a browser asks before it asks, and what methods the graph has. What asks with OPTIONS but not for CORS is answered by the routes. */
export const answerPreflights: Policy = (server, { config }) => {
  const origins = new Set(config.corsOrigins)
  server.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'OPTIONS' || !origins.has(request.headers.origin ?? '')) {
      done()
      return
    }
    reply
      .status(204)
      .headers({
        'access-control-allow-methods': methods,
        'access-control-allow-headers': allowed,
        'access-control-max-age': twoHours,
        // Safari waits for a body without it.
        'content-length': '0',
      })
      .send()
  })
  server.options('/graphql', (_request, reply) => reply.status(204).header('allow', 'GET, HEAD, POST, OPTIONS').send())
}
