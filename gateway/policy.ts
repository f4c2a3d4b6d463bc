import type { FastifyInstance } from 'fastify'

import type { GatewayDependencies, Graph } from './dependencies.ts'
import type { CurrentEngine } from './engine/current/current.ts'

/** The graph itself is the engine's affair: another one may be served a moment later. */
export interface PolicyParts extends Omit<GatewayDependencies, keyof Graph> {
  readonly engine: CurrentEngine
  /** Aborted when the gateway is about to close: it answers still, and says that it is not ready. */
  readonly leaving: AbortSignal
  /** Aborted when it closes: what comes now is refused. */
  readonly closing: AbortSignal
}

/** One concern of the gateway. */
export type Policy = (server: FastifyInstance, parts: PolicyParts) => Promise<void> | void
