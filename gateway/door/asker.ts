import type { IncomingHttpHeaders, ServerResponse } from 'node:http'

import type { FastifyRequest } from 'fastify'

import type { Viewer } from '../../platform/identity/viewer.ts'
import type { Traceparent } from '../../platform/telemetry/traceparent.ts'
import { Cancellation } from '../../platform/work/cancellation.ts'
import type { Asker } from '../fetch/link.ts'

interface AskerParts {
  readonly viewer: Viewer
  /** Headers that subgraphs are sent too. */
  readonly forward: readonly string[]
}

/** A request of a client, as fetches need to know it. */
export function askerOf(request: FastifyRequest, response: ServerResponse, { viewer, forward }: AskerParts): Asker {
  return new ClientAsker(request, response, { viewer, forwarded: picked(request.headers, forward) })
}

/** Listens for the client's going when somebody asks for that. A class, since an object with a getter of its own takes ten times as long to make. */
class ClientAsker implements Asker {
  readonly viewer: Viewer
  readonly traceparent: Traceparent
  readonly clientAddress: string | undefined
  readonly forwarded: Asker['forwarded']
  readonly late = new Set<string>()
  readonly changed = new Set<string>()
  readonly #response: ServerResponse
  #cancellation: Cancellation | undefined

  constructor(
    request: FastifyRequest,
    response: ServerResponse,
    { viewer, forwarded }: Pick<Asker, 'viewer' | 'forwarded'>,
  ) {
    this.viewer = viewer
    this.traceparent = request.traceparent
    this.clientAddress = addressOf(request)
    this.forwarded = forwarded
    this.#response = response
  }

  get cancellation(): Cancellation {
    return (this.#cancellation ??= goneFrom(this.#response))
  }
}

/** Where the client connects from; who trusts a proxy looks at what that says. */
export function addressOf(request: FastifyRequest): string | undefined {
  return request.headers['x-forwarded-for'] === undefined ? request.raw.socket.remoteAddress : request.ip
}

function goneFrom(response: ServerResponse): Cancellation {
  const cancellation = new Cancellation()
  const leave = () => {
    if (!response.writableFinished) cancellation.cancel(new Error('the client has gone'))
  }
  if (response.destroyed) leave()
  else response.once('close', leave)
  return cancellation
}

/** Undefined where the client has sent none of them. */
function picked(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string> | undefined {
  if (names.length === 0) return undefined
  const there = names.flatMap((name) => {
    const value = headers[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  return there.length === 0 ? undefined : Object.fromEntries(there)
}
