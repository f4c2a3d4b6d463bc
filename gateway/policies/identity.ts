import { SoukError } from '../../platform/errors.ts'
import { visitor, type Viewer } from '../../platform/identity/viewer.ts'
import type { Policy } from '../policy.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, as the access token says; a visitor without one. */
    viewer: Viewer
  }
}

const bearer = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i

/** Turns `Authorization: Bearer <access token>` into a viewer. A bad token is a 401, not a visitor: the client would not notice. */
export const identifyViewer: Policy = (server, { identify }) => {
  server.decorateRequest('viewer')
  server.addHook('preHandler', async (request) => {
    request.viewer = visitor
    const header = request.headers.authorization
    if (header === undefined || request.routeOptions.url !== '/graphql') return
    const token = bearer.exec(header)?.[1]
    if (token === undefined) throw new SoukError('UNAUTHENTICATED', 'Send `Authorization: Bearer <access token>`.')
    request.viewer = await identify(token)
  })
}
