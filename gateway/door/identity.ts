import type { IncomingHttpHeaders } from 'node:http'

import { asError, SoukError } from '../../platform/errors.ts'
import { visitor, type Viewer } from '../../platform/identity/viewer.ts'
import { headers as names } from '../../platform/subgraph/http.ts'
import type { PolicyParts } from '../policy.ts'

/** Who asks for the graph. */
export interface Identity {
  /** As the access token says; a visitor without one, or with a bad one. */
  readonly viewer: Viewer
  /** Why the access token says nothing; undefined where it does, or there is none. */
  readonly badToken: Error | undefined
  /** A subgraph asks, in the viewer's name: it may read, and change nothing. */
  readonly onErrand: boolean
}

const anybody: Identity = { viewer: visitor, badToken: undefined, onErrand: false }
const bearer = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i

type Identify = (headers: IncomingHttpHeaders) => Identity | Promise<Identity>

/**
 * Turns `Authorization: Bearer <access token>` into a viewer, or the errand of a subgraph into whom it asks for. Where tokens are
 * none of ours they are not looked at. A bad token is a 401, not a visitor: the client would not notice; but whose tokens a request is
 * paid with comes before.
 */
export function identifyBy({ identify, readErrand }: Pick<PolicyParts, 'identify' | 'readErrand'>): Identify {
  return ({ authorization, [names.errand]: errand }) => {
    if (readErrand !== undefined && typeof errand === 'string') {
      return identityBy(() => readErrand(errand), { onErrand: true })
    }
    if (identify === undefined || authorization === undefined) return anybody
    return identityBy(() => identify(tokenIn(authorization)), { onErrand: false })
  }
}

async function identityBy(read: () => Promise<Viewer>, { onErrand }: Pick<Identity, 'onErrand'>): Promise<Identity> {
  try {
    return { viewer: await read(), badToken: undefined, onErrand }
  } catch (thrown) {
    return { viewer: visitor, badToken: asError(thrown), onErrand }
  }
}

function tokenIn(header: string): string {
  const token = bearer.exec(header)?.[1]
  if (token === undefined) throw new SoukError('UNAUTHENTICATED', 'Send `Authorization: Bearer <access token>`.')
  return token
}
