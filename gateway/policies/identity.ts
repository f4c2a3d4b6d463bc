import type { FastifyRequest } from 'fastify'

import { asError, SoukError } from '../../platform/errors.ts'
import { visitor, type Viewer } from '../../platform/identity/viewer.ts'
import { headers } from '../../platform/subgraph/http.ts'
import type { Policy, PolicyParts } from '../policy.ts'
import { beforeGraphql } from './before-graphql.ts'

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

  /** Undefined where nothing has to be read. */
  function viewerOf(request: FastifyRequest): Promise<Viewer> | undefined {
    const { authorization, [headers.errand]: errand } = request.headers
    if (readErrand !== undefined && typeof errand === 'string') {
      request.onErrand = true
      return readErrand(errand)
    }
    return identify && authorization !== undefined ? identified(authorization, identify) : undefined
  }

  beforeGraphql(server, (request, _reply, done) => {
    request.viewer = visitor
    const reading = viewerOf(request)
    if (reading === undefined) {
      done()
      return
    }
    reading
      .then(
        (viewer) => (request.viewer = viewer),
        (thrown: unknown) => (request.badToken = asError(thrown)),
      )
      .then(() => done())
  })
}

async function identified(authorization: string, identify: Required<PolicyParts>['identify']): Promise<Viewer> {
  return identify(tokenIn(authorization))
}

/** A bad token is a 401, not a visitor: the client would not notice. */
export const refuseBadTokens: Policy = (server) => {
  beforeGraphql(server, ({ badToken }, _reply, done) => done(badToken))
}

function tokenIn(header: string): string {
  const token = bearer.exec(header)?.[1]
  if (token === undefined) throw new SoukError('UNAUTHENTICATED', 'Send `Authorization: Bearer <access token>`.')
  return token
}
