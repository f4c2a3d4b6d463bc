import type { Policy } from '../../policy.ts'

/** The public keys of access tokens (RFC 7517), for whoever verifies them beside the gateway. */
export const serveKeys: Policy = (server, { jwks }) => {
  if (jwks === undefined) return
  server.get('/.well-known/jwks.json', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=300').send(await jwks()),
  )
}
