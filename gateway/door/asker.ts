import type { IncomingHttpHeaders, ServerResponse } from 'node:http'

import type { FastifyRequest } from 'fastify'

import type { Viewer } from '../../platform/identity/viewer.ts'
import type { Asker } from '../fetch/link.ts'

interface AskerParts {
  readonly viewer: Viewer
  /** Headers that subgraphs are sent too. */
  readonly forward: readonly string[]
}

/** A request of a client, as fetches need to know it. Whoever waits for nothing needs no signal, so it is made when it is asked for. */
export function askerOf(request: FastifyRequest, response: ServerResponse, { viewer, forward }: AskerParts): Asker {
  const { traceparent, headers } = request
  let signal: AbortSignal | undefined
  return {
    viewer,
    traceparent,
    late: new Set(),
    changed: new Set(),
    clientAddress: addressOf(request),
    forwarded: picked(headers, forward),
    get signal() {
      return (signal ??= goneFrom(response))
    },
  }
}

/** Where the client connects from; who trusts a proxy looks at what that says. */
export function addressOf(request: FastifyRequest): string | undefined {
  return request.headers['x-forwarded-for'] === undefined ? request.raw.socket.remoteAddress : request.ip
}

function goneFrom(response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  leavingBy(response)(() => gone.abort(new Error('the client has gone')))
  return gone.signal
}

/** What calls a listener when the client has gone before it was answered: at once where that is so already. */
export function leavingBy(response: ServerResponse): (listener: () => void) => void {
  return (listener) => {
    const leave = () => {
      if (!response.writableFinished) listener()
    }
    if (response.destroyed) leave()
    else response.once('close', leave)
  }
}

/** Undefined where the client has sent none of them. */
function picked(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string> | undefined {
  const there = names.flatMap((name) => {
    const value = headers[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  return there.length === 0 ? undefined : Object.fromEntries(there)
}
