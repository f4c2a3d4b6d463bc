import { asError, SoukError } from '../../platform/errors.ts'
import { visitor, type Viewer } from '../../platform/identity/viewer.ts'
import type { Policy } from '../policy.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, as the access token says; a visitor without one, or with a bad one. */
    viewer: Viewer
    /** Why the access token says nothing; undefined where it does, or there is none. */
    badToken: Error | undefined
  }
}

const bearer = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i

/** Turns `Authorization: Bearer <access token>` into a viewer. */
export const identifyViewer: Policy = (server, { identify }) => {
  server.decorateRequest('viewer')
  server.decorateRequest('badToken')
  server.addHook('onRequest', async (request) => {
    request.viewer = visitor
    const header = request.headers.authorization
    if (header === undefined || request.routeOptions.url !== '/graphql') return
    try {
      request.viewer = await identify(tokenIn(header))
    } catch (thrown) {
      request.badToken = asError(thrown)
    }
  })
}

/** A bad token is a 401, not a visitor: the client would not notice. */
export const refuseBadTokens: Policy = (server) => {
  server.addHook('onRequest', async ({ badToken }) => {
    if (badToken !== undefined) throw badToken
  })
}

function tokenIn(header: string): string {
  const token = bearer.exec(header)?.[1]
  if (token === undefined) throw new SoukError('UNAUTHENTICATED', 'Send `Authorization: Bearer <access token>`.')
  return token
}
