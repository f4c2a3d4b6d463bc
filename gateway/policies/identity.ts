import { asError, SoukError } from '../../platform/errors.ts'
import { visitor, type Viewer } from '../../platform/identity/viewer.ts'
import { headers } from '../../platform/subgraph/http.ts'
import type { Policy } from '../policy.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, as the access token says; a visitor without one, or with a bad one. */
    viewer: Viewer
    /** Why the access token says nothing; undefined where it does, or there is none. */
    badToken: Error | undefined
    /** A subgraph asks, in the viewer's name: it may read, and change nothing. */
    onErrand: boolean
  }
}

const bearer = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i

/**
 * Turns `Authorization: Bearer <access token>` into a viewer, or the errand of a subgraph into whom it asks for. Where tokens are
 * none of ours they are not looked at.
 */
export const identifyViewer: Policy = (server, { identify, readErrand }) => {
  server.decorateRequest('viewer')
  server.decorateRequest('badToken')
  server.decorateRequest('onErrand', false)
  server.addHook('onRequest', async (request) => {
    request.viewer = visitor
    if (request.routeOptions.url !== '/graphql') return
    const { authorization, [headers.errand]: errand } = request.headers
    try {
      if (readErrand !== undefined && typeof errand === 'string') {
        request.onErrand = true
        request.viewer = await readErrand(errand)
      } else if (identify !== undefined && authorization !== undefined)
        request.viewer = await identify(tokenIn(authorization))
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
