import type { ExecutionResult } from 'graphql'

import type { Traceparent } from '../telemetry/traceparent.ts'
import type { Cancellation } from '../work/cancellation.ts'

/** One operation as the gateway sends it, by call or by HTTP. */
export interface SubgraphRequest {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>> | undefined
  readonly operationName?: string | undefined
  readonly passport: string | undefined
  /** By which it may ask the graph something in the viewer's name; given with changes, to a subgraph that may ask back. */
  readonly errand?: string | undefined
  /** Where the gateway's client connects from; unknown where the gateway does not send it. */
  readonly clientAddress?: string | undefined
  /** Headers of the gateway's client, those that the gateway is configured to forward. */
  readonly forwarded?: Readonly<Record<string, string>> | undefined
  readonly traceparent?: Traceparent | undefined
  /** When nobody will wait for the answer any more, by `performance.now()`. */
  readonly deadline?: number | undefined
  /** Called off when nobody waits for the answer any more. */
  readonly cancellation?: Cancellation | undefined
}

/** One part of the graph, ready to be put into a process. */
export interface Subgraph {
  readonly name: string
  execute(request: SubgraphRequest): Promise<ExecutionResult>
  /** What comes of a subscription, as it comes. It ends at once when the request is called off. */
  subscribe(request: SubgraphRequest): AsyncGenerator<ExecutionResult, void>
  /** Migrates, subscribes, starts its workers. Resolves when it can answer. */
  start(): Promise<void>
  /** Resolves when its consumers have handled all that was published before the call, and its own outbox is empty. */
  settled(): Promise<void>
  /** Takes nothing new, ends what is in hand. */
  stop(): Promise<void>
  /** Whether it can answer now. Rejects when its storage or the bus fails, or when the signal is aborted first. */
  ready(signal?: AbortSignal): Promise<boolean>
}
