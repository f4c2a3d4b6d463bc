import { sep } from 'node:path'

import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'

/**
 * The page may load from this origin alone, which the browser enforces: a CDN address that crept in would break the
 * page, and its test. Styles are inline because Monaco places its lines so; fonts and icons are inside the stylesheet.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * Serves the built GraphiQL of `distDir` (see scripts/build-graphiql.js) under `/graphiql/`.
 * Register it where GraphiQL is wanted; production leaves it out.
 */
export function graphiqlPage({ distDir }: { distDir: string }): FastifyPluginAsync {
  return async (app: FastifyInstance) => {
    app.addHook('onSend', addSecurityHeaders)
    app.get('/graphiql', async (_request, reply) => reply.redirect('/graphiql/'))
    await app.register(fastifyStatic, {
      root: distDir,
      prefix: '/graphiql/',
      dotfiles: 'ignore',
      decorateReply: false,
      cacheControl: false,
      setHeaders(response, path) {
        response.setHeader('cache-control', cachePolicy(path))
      },
    })
  }
}

async function addSecurityHeaders(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('content-security-policy', contentSecurityPolicy)
  reply.header('x-content-type-options', 'nosniff')
  reply.header('referrer-policy', 'no-referrer')
}

/** Vite puts a hash of the content into the name of everything below assets/, so that may stay for ever. */
function cachePolicy(path: string): string {
  return path.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache'
}
