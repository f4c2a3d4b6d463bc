import type { ExecutionResult } from 'graphql'

import type { Viewer } from '../../platform/identity/viewer.ts'
import type { Traceparent } from '../../platform/telemetry/traceparent.ts'
import type { Cancellation } from '../../platform/work/cancellation.ts'

/** One request of a client, as the fetches that serve it need to know it. */
export interface Asker {
  readonly viewer: Viewer
  readonly traceparent: Traceparent
  readonly clientAddress: string | undefined
  /** Headers of the client's that subgraphs are sent too. */
  readonly forwarded?: Readonly<Record<string, string>> | undefined
  /** Called off when the client has gone. */
  readonly cancellation: Cancellation
  /** Names of the subgraphs that have missed their deadline in this request. */
  readonly late: Set<string>
  /** Names of the subgraphs that may have changed something for this request. */
  readonly changed: Set<string>
  /** Where the answer may be kept: until when, as far as is known yet. */
  readonly expiry?: Expiry
}

/** By `performance.now()`. What was kept before and goes into an answer makes it earlier. */
export interface Expiry {
  at: number
}

/** One fetch of a plan: fields of a root, or of the entities that the representations stand for. */
export interface Fetch {
  readonly subgraph: string
  readonly query: string
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  /** When it is called off, by `performance.now()`. */
  readonly deadline?: number
  readonly asker: Asker
  /** The request that it shares with others to the same subgraph, and its place among them. */
  readonly share?: { readonly request: SharedRequest; readonly place: number } | undefined
}

/** Carries a fetch out. It is called off when nobody waits for the answer any more. */
export type Link = (fetch: Fetch, cancellation: Cancellation) => Promise<ExecutionResult>

/** One request to a subgraph that several fetches share. */
export interface SharedRequest {
  /** Sends it when all have come that will; resolves to what is answered to this one, as if it had been alone. */
  join(fetch: Fetch, cancellation: Cancellation, send: Link): Promise<ExecutionResult>
  /** This one will not come; nothing where it has. */
  leave(place: number): void
}

/** One concern of a fetch, as a function around a link. */
export type Step = (next: Link) => Link

/** One concern of what was answered: nothing that waits. @throws where that is no answer */
export type Look = (answer: ExecutionResult, fetch: Fetch) => ExecutionResult

/** Puts the steps around a link; the first is the outermost. */
export function around(link: Link, steps: readonly Step[]): Link {
  return steps.reduceRight((next, step) => step(next), link)
}
