import type { Policy } from '../policy.ts'

const realm = 'Bearer realm="souk"'
const invalidToken = `${realm}, error="invalid_token", error_description="The access token is not valid, or has expired"`

/** Names with every 401 how to authenticate (RFC 6750): a client that has sent a token learns that it needs another one. */
export const challengeUnauthenticated: Policy = (server) => {
  server.addHook('onSend', (request, reply, payload, done) => {
    if (reply.statusCode === 401) {
      const gaveToken = /^Bearer +\S/i.test(request.headers.authorization ?? '')
      reply.header('www-authenticate', gaveToken ? invalidToken : realm)
    }
    done(null, payload)
  })
}
