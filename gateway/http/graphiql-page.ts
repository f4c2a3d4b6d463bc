import { access } from 'node:fs/promises'
import { join, sep } from 'node:path'

import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'

import { commonHeaders } from './headers.ts'

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
 * Register it where GraphiQL is wanted; production leaves it out. The folder may come later than the server.
 */
export function graphiqlPage({ distDir }: { distDir: string }): FastifyPluginAsync {
  return async (app: FastifyInstance) => {
    app.addHook('onSend', addSecurityHeaders)
    app.addHook('onRequest', async (request, reply) => {
      if (request.url === '/graphiql/' && !(await isBuilt(distDir))) return answerLater(reply)
    })
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

function isBuilt(distDir: string): Promise<boolean> {
  return access(join(distDir, 'index.html')).then(
    () => true,
    () => false,
  )
}

function answerLater(reply: FastifyReply): FastifyReply {
  const page =
    '<!doctype html><title>Souk GraphiQL</title><p>GraphiQL is not built yet. This page looks again by itself.'
  return reply.status(503).headers({ 'retry-after': '2', refresh: '2' }).type('text/html; charset=utf-8').send(page)
}

async function addSecurityHeaders(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.headers({ ...commonHeaders, 'content-security-policy': contentSecurityPolicy })
  // What the files' own policy has put beside Fastify's headers.
  const cacheControl = reply.raw.getHeader('cache-control')
  if (cacheControl !== undefined) reply.header('cache-control', cacheControl)
}

/** Vite puts a hash of the content into the name of everything below assets/, so that may stay for ever. */
function cachePolicy(path: string): string {
  return path.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache'
}
