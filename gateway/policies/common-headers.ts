import { commonHeaders } from '../http/headers.ts'
import type { Policy } from '../policy.ts'

/** Puts the headers on every answer that a browser's security, and nobody's cache, depends on. */
export const setCommonHeaders: Policy = (server) => {
  server.addHook('onRequest', (_request, reply, done) => {
    reply.headers(commonHeaders)
    done()
  })
}
